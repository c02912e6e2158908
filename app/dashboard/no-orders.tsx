import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { OnlyOrders } from "@/db/dashboard";
import type { Messages } from "@/lib/server/i18n";

type Props = {
  query: string;
  only: OnlyOrders | undefined;
  isOlder: boolean;
  labels: Messages["dashboard"]["orders"];
};

/** An empty list says why it is empty. */
export function NoOrders({ query, only, isOlder, labels }: Props) {
  const isWhole = query === "" && !only && !isOlder;
  return (
    <Card className="px-5 py-10 text-center">
      <p className="mx-auto max-w-prose text-balance text-muted">
        {sentence({ query, only, isOlder, labels })}
      </p>
      {isWhole && (
        <ButtonLink look="secondary" href="/" className="mt-4">
          {labels.toShop}
        </ButtonLink>
      )}
    </Card>
  );
}

function sentence({ query, only, isOlder, labels }: Props): string {
  if (isOlder) return labels.noMore;
  if (query !== "") return labels.nothingFound;
  return only ? labels.nothingUndecided : labels.none;
}
