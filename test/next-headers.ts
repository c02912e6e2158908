type Cookie = { value: string; options?: unknown };

/**
 * The headers and cookies of the request that is being served. Tests share modules, so all that replace next/headers use
 * this one. Without cookies, which is the usual case, reading one fails.
 */
export const served: { headers: Headers; cookies: Map<string, Cookie> | undefined } = {
  headers: new Headers(),
  cookies: undefined,
};

export const headers = (): Promise<Headers> => Promise.resolve(served.headers);

export async function cookies() {
  const stored = served.cookies;
  if (stored === undefined) throw new Error("nothing reads cookies before the session");
  return {
    get: (name: string) => stored.get(name),
    set: (name: string, value: string, options: unknown) => void stored.set(name, { value, options }),
  };
}
