import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { Messages } from "@/lib/server/i18n";

type Props = {
  query: string;
  undecidedOnly: boolean;
  isOlder: boolean;
  labels: Messages["dashboard"]["orders"];
};

/** An empty list says why it is empty. */
export function NoOrders({ query, undecidedOnly, isOlder, labels }: Props) {
  const isWhole = query === "" && !undecidedOnly && !isOlder;
  return (
    <Card className="px-5 py-10 text-center">
      <p className="mx-auto max-w-prose text-balance text-muted">
        {sentence({ query, undecidedOnly, isOlder, labels })}
      </p>
      {isWhole && (
        <ButtonLink look="quiet" href="/" className="mt-4">
          {labels.toShop}
        </ButtonLink>
      )}
    </Card>
  );
}

function sentence({ query, undecidedOnly, isOlder, labels }: Props): string {
  if (isOlder) return labels.noMore;
  if (query !== "") return labels.nothingFound;
  return undecidedOnly ? labels.nothingUndecided : labels.none;
}
