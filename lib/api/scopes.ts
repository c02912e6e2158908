/** What a key may do. Reading is a scope of its own, so that a report needs no key that can take money. */
export const scopes = [
  "sessions:read",
  "sessions:write",
  "payments:read",
  "payments:write",
  "webhooks:read",
  "webhooks:write",
  "events:read",
  "codes:read",
  "codes:write",
  "links:read",
  "links:write",
] as const;
export type Scope = (typeof scopes)[number];

export const isScope = (text: string): text is Scope => scopes.some((scope) => scope === text);
