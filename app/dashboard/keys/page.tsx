import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LocalTime } from "@/components/local-time";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PendingButton } from "@/components/ui/pending-button";
import { listApiKeys } from "@/db/queries/api-keys";
import type { ApiKeyRow } from "@/db/queries/api-keys";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { DashboardPage } from "../_components/dashboard-page";
import { CreateKeyForm } from "./_components/create-key-form";
import { revokeKey } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.keys"))("title") };
}

/** Keys of the merchant's programs for the API. */
export default async function KeysPage() {
  const merchant = await requireStaffUser("/dashboard/keys");
  const { db } = await getDeps();
  const keys = await listApiKeys(db);
  const t = await getTranslations("dashboard.keys");
  return (
    <DashboardPage merchant={merchant} current="keys" title={t("title")} parts={["dashboard.keys"]}>
      <p className="max-w-prose text-muted">{t("intro")}</p>
      <ButtonLink href="/docs" look="link" className="mb-3">
        {t("docs")}
      </ButtonLink>
      <CreateKeyForm />
      {keys.length > 0 && (
        <Card className="mt-6 p-4 sm:p-5">
          <ul className="divide-y divide-line">
            {keys.map((key) => (
              <Key key={key.id} row={key} />
            ))}
          </ul>
        </Card>
      )}
    </DashboardPage>
  );
}

async function Key({ row }: { row: ApiKeyRow }) {
  const t = await getTranslations("dashboard.keys");
  const { id, name, hint, scopes, createdAt, lastUsedAt, revokedAt } = row;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 font-semibold">
          <span className="wrap-anywhere">{name}</span>
          {revokedAt && <Badge tone="neutral">{t("revoked")}</Badge>}
        </p>
        <p className="digits text-sm wrap-anywhere">{hint}</p>
        <p className="text-sm text-muted">{scopes.join(", ")}</p>
        <p className="text-sm text-muted">
          {t("created")} <LocalTime iso={createdAt.toISOString()} form="short" /> ·{" "}
          {lastUsedAt ? (
            <>
              {t("used")} <LocalTime iso={lastUsedAt.toISOString()} form="short" />
            </>
          ) : (
            t("neverUsed")
          )}
        </p>
      </div>
      {!revokedAt && (
        <form action={revokeKey}>
          <input type="hidden" name="id" value={id} />
          <PendingButton pending={t("pending")} className="">
            {t("revoke", { name })}
          </PendingButton>
        </form>
      )}
    </li>
  );
}
