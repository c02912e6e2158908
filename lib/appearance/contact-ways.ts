import type { Contact } from "./appearance";

export type ContactWay = { name: string; href: string; text: string };

/** The ways to reach the merchant that are known, the one that answers soonest first. */
export function listContactWays(
  { whatsapp, phone, email, website }: Contact,
  /** The words for each way, of the catalogue's part `contact`. */
  t: (way: keyof Contact) => string,
): ContactWay[] {
  const ways: (ContactWay | undefined)[] = [
    whatsapp === undefined
      ? undefined
      : { name: t("whatsapp"), href: `https://wa.me/${whatsapp}`, text: formatMobile(whatsapp) },
    phone === undefined
      ? undefined
      : { name: t("phone"), href: `tel:${phone.replaceAll(/[^+\d]/g, "")}`, text: phone },
    email === undefined ? undefined : { name: t("email"), href: `mailto:${email}`, text: email },
    website === undefined
      ? undefined
      : { name: t("website"), href: website, text: website.replace(/^https:\/\/|\/$/g, "") },
  ];
  return ways.filter((way) => way !== undefined);
}

/** `6281234567890` as people read it: `+62 812-3456-7890`. */
const formatMobile = (digits: string): string =>
  `+62 ${digits.slice(2).replace(/^(\d{3})(\d{4})(\d+)$/, "$1-$2-$3")}`;
