import type { Translator } from "@/components/translator";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { OrderFilter } from "@/db/queries/dashboard/orders";
import { getSettings } from "@/lib/server/env/settings";

type Props = {
  query: string;
  only: OrderFilter | undefined;
  isOlder: boolean;
  t: Translator<"dashboard">;
};

/** An empty list says why it is empty. */
export function NoOrders({ query, only, isOlder, t }: Props) {
  const isWhole = query === "" && !only && !isOlder;
  return (
    <Card className="px-5 py-10 text-center">
      <p className="mx-auto max-w-prose text-balance text-muted">
        {explainEmptyList({ query, only, isOlder, t })}
      </p>
      {isWhole && getSettings().demoShop && (
        <ButtonLink look="secondary" href="/" className="mt-4">
          {t("orders.toShop")}
        </ButtonLink>
      )}
    </Card>
  );
}

function explainEmptyList({ query, only, isOlder, t }: Props): string {
  if (isOlder) return t("orders.noMore");
  if (query !== "") return t("orders.nothingFound");
  return only ? t("orders.nothingUndecided") : t("orders.none");
}
