/**
 * The query parameters that a page reads, from its source text, each with the words that its schema names. Empty for a
 * page that reads none.
 * @throws when a page reads parameters in another way than `const SearchParams = z.object({ … })`
 */
export function listSearchParams(source: string): Record<string, string[]> {
  if (!/searchParams/i.test(source)) return {};
  const schema = /const SearchParams = z\.object\(\{([\s\S]*?)\}\)/.exec(source)?.[1];
  if (schema === undefined) throw new Error("The page has no `const SearchParams = z.object({ … })`");
  return Object.fromEntries(
    [...schema.matchAll(member)].map(([, name = "", rule = ""]) => [name, listWords(rule)]),
  );
}

/** `name: rule`; a comma ends the rule, except between brackets. */
const member = /(\w+):\s*((?:[^,()]|\((?:[^()]|\([^()]*\))*\))+)/g;

const listWords = (rule: string): string[] => [
  ...new Set([...rule.matchAll(/"([^"]+)"/g)].flatMap(([, word]) => word ?? [])),
];

/** Query strings with each parameter alone and all together, for each of its words and of `others`; "" is the first. */
export function listQueries(params: Record<string, string[]>, others: readonly string[]): string[] {
  const each = Object.entries(params).flatMap(([name, words]) =>
    [...words, ...others].map((value) => toQuery({ [name]: value })),
  );
  const together = others.map((value) =>
    toQuery(Object.fromEntries(Object.entries(params).map(([name, words]) => [name, words[0] ?? value]))),
  );
  return [...new Set(["", ...each, ...together])];
}

const toQuery = (values: Record<string, string>): string => {
  const query = new URLSearchParams(values).toString();
  return query && `?${query}`;
};
