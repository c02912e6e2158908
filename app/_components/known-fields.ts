/**
 * The fields that a form has, as text of a sane length. Conform takes names for paths and obeys a field named
 * `__intent__`: nothing that a stranger made up may reach it.
 */
export function pickFields(form: FormData, names: readonly string[], maxCharacters = 500): FormData {
  const known = new FormData();
  for (const name of names) {
    const value = form.get(name);
    if (typeof value === "string") known.set(name, value.slice(0, maxCharacters));
  }
  return known;
}
