/** The headers of the request that is being served. Tests share modules, so all that replace next/headers use this one. */
export const served = { headers: new Headers() };

export const headers = (): Promise<Headers> => Promise.resolve(served.headers);

export const cookies = (): Promise<never> =>
  Promise.reject(new Error("nothing reads cookies before the session"));
