/**
 * Keeps the known fields of a form, as text of a limited length. Conform parses names as paths (`a[4294967294]` makes a
 * huge array) and executes the field `__intent__`, so unknown fields must not reach it.
 */
export function pickFields(form: FormData, names: readonly string[], maxCharacters = 500): FormData {
  const known = new FormData();
  for (const name of names) {
    const value = form.get(name);
    if (typeof value === "string") known.set(name, value.slice(0, maxCharacters));
  }
  return known;
}
