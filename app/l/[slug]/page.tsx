import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { createFormKey } from "@/app/_components/form-key";
import { ShopperPage } from "@/app/_components/shopper-page";
import { UnavailablePage } from "@/app/_components/unavailable-page";
import { ClientMessages } from "@/app/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { channels } from "@/lib/channels/registry";
import { toAsks, toLinkPrice } from "@/lib/operations/payment-links/link-row";
import type { LoadedLink } from "@/lib/operations/payment-links/load-link";
import { getAppearance } from "@/lib/server/appearance";
import { getSettings } from "@/lib/server/env/settings";
import { ClosedLink } from "./_components/closed-link";
import { LinkCard } from "./_components/link-card";
import { LinkForm } from "./_components/link-form";
import { loadLinkPage } from "./queries";

type Props = { params: Promise<{ slug: string }> };

/** A chat shows title, description and picture below the address. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await loadLinkPage((await params).slug);
  if (found.outcome !== "found") return {};
  const { title, description, slug, picturedAt } = found.page.link;
  const about = description ?? getAppearance().name;
  const picture = `${getSettings().appUrl}/l/${slug}/picture`;
  return {
    title,
    description: about,
    openGraph: { title, description: about, ...(picturedAt && { images: [picture] }) },
  };
}

/** What a buyer from a chat or a printed card sees: what it is, what it costs, and the few things to fill in. */
export default async function PaymentLinkPage({ params }: Props) {
  const { slug } = await params;
  const found = await loadLinkPage(slug);
  if (found.outcome === "not_found") return notFound();
  if (found.outcome === "unavailable") return <UnavailablePage path={`/l/${slug}`} />;
  const { page } = found;
  const t = await getTranslations("link");
  return (
    <ShopperPage>
      <LinkCard page={page} />
      {page.reservedOrder !== undefined && (
        <Notice tone="waiting" className="mt-5">
          <p>{t("own")}</p>
          <ButtonLink href={`/checkout/${page.reservedOrder}`} className="mt-3 w-full">
            {t("continue")}
          </ButtonLink>
        </Notice>
      )}
      {page.state === "open" ? (
        <OrderForm page={page} />
      ) : (
        page.reservedOrder === undefined && <ClosedLink link={page.link} state={page.state} />
      )}
    </ShopperPage>
  );
}

async function OrderForm({ page: { link } }: { page: LoadedLink }) {
  const t = await getTranslations("link");
  return (
    <ClientMessages parts={["link"]}>
      <LinkForm
        slug={link.slug}
        formKey={createFormKey()}
        price={toLinkPrice(link)}
        asks={toAsks(link)}
        ways={t("ways", { channels: await listChannelNames() })}
      />
    </ClientMessages>
  );
}

async function listChannelNames(): Promise<string> {
  const limits = getSettings().channels;
  const on = channels.filter(({ id }) => limits[id]?.enabled);
  const names = on.map(({ label }) => label);
  return new Intl.ListFormat(await getLocale(), { type: "disjunction" }).format(names);
}
