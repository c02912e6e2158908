// Forms as a browser without JavaScript sends them: the hidden fields of the page, and what was typed.

export type Fields = Record<string, string>;

/** The hidden fields of the form that has a field called `holding`. */
export async function fetchHiddenFields(
  url: string,
  { holding, cookie }: { holding: string; cookie?: string },
): Promise<Fields> {
  const response = await fetch(url, { headers: cookie ? { cookie } : {} });
  const html = await response.text();
  const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((text) => text.includes(`name="${holding}"`));
  if (!form) throw new Error(`${url} shows no form with ${holding} (${response.status})`);
  const inputs = form.match(/<input[^>]*>/g) ?? [];
  const hidden = inputs.filter((input) => input.includes('type="hidden"'));
  return Object.fromEntries(
    hidden.map((input) => [getAttribute(input, "name"), getAttribute(input, "value")]),
  );
}

const getAttribute = (tag: string, name: string) =>
  unescapeHtml(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
const entities: Fields = { amp: "&", quot: '"', lt: "<", gt: ">", "#x27": "'", "#39": "'" };
const unescapeHtml = (text: string) =>
  text.replace(/&(amp|quot|lt|gt|#x27|#39);/g, (whole, name: string) => entities[name] ?? whole);

/** @returns the path that the response redirects to, or its status when it does not redirect */
export async function submitForm(url: string, fields: Fields): Promise<string> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const { origin } = new URL(url);
  const response = await fetch(url, { method: "POST", body: form, redirect: "manual", headers: { origin } });
  await response.arrayBuffer();
  const location = response.headers.get("location");
  return location === null ? String(response.status) : new URL(location, url).pathname;
}
