import "server-only";

type Tree = { [key: string]: string | Tree };

/** The parts of a catalogue that a page's client components use: `["payment.live"]`. @throws for an unknown part */
export function pickMessages(messages: object, parts: readonly string[]): object {
  const picked: Tree = {};
  for (const part of parts) {
    const names = part.split(".");
    const found = names.reduce<unknown>((node, name) => isTree(node) && node[name], messages);
    const last = names.pop();
    if (!isTree(found) || last === undefined) throw new Error(`No such part of the catalogue: ${part}`);
    let place = picked;
    for (const name of names) {
      const next = place[name];
      place = isTree(next) ? next : (place[name] = {});
    }
    place[last] = found;
  }
  return picked;
}

const isTree = (node: unknown): node is Tree => typeof node === "object" && node !== null;
