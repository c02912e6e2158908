import { findAppearance } from "@/db/queries/appearances";
import type { Appearance } from "@/lib/appearance/appearance";
import type { Deps } from "../deps";

/** What the settings say, where staff have set nothing. */
export type AppearanceDefaults = {
  merchantName: string;
  merchantContact: Record<"phone" | "whatsapp" | "email", string | undefined>;
};

/** What stands everywhere while the dashboard has set nothing. */
export const toDefaultAppearance = ({ merchantName, merchantContact }: AppearanceDefaults): Appearance => ({
  name: merchantName,
  accent: undefined,
  contact: { ...merchantContact, website: undefined },
  help: { id: undefined, en: undefined },
  logo: undefined,
});

/** How the merchant looks to shoppers now, for pages and mails. One short query. */
export async function loadAppearance({
  db,
  settings,
}: Pick<Deps, "db"> & { settings: AppearanceDefaults }): Promise<Appearance> {
  const [found, defaults] = [await findAppearance(db), toDefaultAppearance(settings)];
  if (!found) return defaults;
  const { name, accent, whatsapp, phone, email, website, helpId, helpEn } = found.row;
  return {
    name: name ?? defaults.name,
    accent: accent ?? undefined,
    contact: {
      whatsapp: whatsapp ?? defaults.contact.whatsapp,
      phone: phone ?? defaults.contact.phone,
      email: email ?? defaults.contact.email,
      website: website ?? undefined,
    },
    help: { id: helpId ?? undefined, en: helpEn ?? undefined },
    logo: found.logo ?? undefined,
  };
}
