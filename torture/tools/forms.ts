// Forms as a browser without JavaScript sends them: the hidden fields of the page, and what somebody typed.

/** The hidden fields of the form that has a field called `holding`. */
export async function hiddenFieldsOf(url, { holding, cookie }) {
  const response = await fetch(url, { headers: cookie ? { cookie } : {} });
  const html = await response.text();
  const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((text) => text.includes(`name="${holding}"`));
  if (!form) throw new Error(`${url} shows no form with ${holding} (${response.status})`);
  const inputs = form.match(/<input[^>]*>/g) ?? [];
  const hidden = inputs.filter((input) => input.includes('type="hidden"'));
  return Object.fromEntries(hidden.map((input) => [attribute(input, "name"), attribute(input, "value")]));
}

const attribute = (tag, name) => unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
const entities = { amp: "&", quot: '"', lt: "<", gt: ">", "#x27": "'", "#39": "'" };
const unescaped = (text) => text.replace(/&(amp|quot|lt|gt|#x27|#39);/g, (_, name) => entities[name]);

/** @returns where the answer leads, without leaving the server, or the status when it leads nowhere */
export async function submit(url, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const { origin } = new URL(url);
  const response = await fetch(url, { method: "POST", body: form, redirect: "manual", headers: { origin } });
  await response.arrayBuffer();
  const location = response.headers.get("location");
  return location === null ? String(response.status) : new URL(location, url).pathname;
}
