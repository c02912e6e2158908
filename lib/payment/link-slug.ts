/** Without digits and letters that look alike on a printed card. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const tailLength = 5;
const mostOfTitle = 40;

export const slugPattern = "^[a-z0-9]+(-[a-z0-9]+)*$";
export const mostOfSlug = mostOfTitle + 1 + tailLength;

/**
 * The end of a link's address: what the title says in plain letters, and a few random ones, so that two links with one title
 * differ. It is no secret.
 */
export function toLinkSlug(title: string, random: (bytes: number) => Uint8Array): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, mostOfTitle)
    .replaceAll(/^-+|-+$/g, "");
  const tail = Array.from(random(tailLength), (byte) => alphabet[byte % alphabet.length]).join("");
  return words === "" ? tail : `${words}-${tail}`;
}
