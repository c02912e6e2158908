import type { PaymentLabels } from "@/components/payment/labels";
import { Disclosure } from "@/components/ui/disclosure";
import { PendingButton } from "@/components/ui/pending-button";
import type { PaymentView } from "@/lib/payment/payment-view";
import { cancelCode, chooseAnotherMethod, extendTime } from "../actions";

type Props = {
  view: PaymentView;
  means: "code" | "link";
  labels: PaymentLabels;
  /** The shopper has just come back without paying: the way to another method lies open. */
  isLeaving: boolean;
};

/** What else one may do with a payment under way. Each first says what becomes of it; opening it is the first step. */
export const Changes = ({ view, means, labels, isLeaving }: Props) => (
  <>
    {view.can.extend && (
      // Closed again once the time was extended: its key is the deadline.
      <Change key={view.expiresAt} view={view} words={labels.extend} labels={labels} action={extendTime} />
    )}
    {view.can.changeMethod && (
      <Change
        view={view}
        words={{ ...labels.other, body: otherBody(view, means, labels) }}
        labels={labels}
        action={chooseAnotherMethod}
        open={isLeaving}
      />
    )}
    {view.can.cancel && <Change view={view} words={labels.cancel} labels={labels} action={cancelCode} />}
  </>
);

function otherBody({ status }: PaymentView, means: "code" | "link", { other }: PaymentLabels): string {
  if (status === "preparing") return other.bodyPreparing;
  return means === "code" ? other.body : other.bodyLink;
}

type ChangeProps = {
  view: PaymentView;
  words: Record<"title" | "body" | "submit", string>;
  labels: PaymentLabels;
  action: (form: FormData) => Promise<void>;
  open?: boolean;
};

const Change = ({ view, words, labels, action, open = false }: ChangeProps) => (
  <Disclosure title={words.title} open={open}>
    <p className="text-muted">{words.body}</p>
    <form action={action} className="mt-4">
      <input type="hidden" name="orderId" value={view.orderId} />
      {/* What the shopper saw: a form sent twice extends once. */}
      <input type="hidden" name="deadline" value={view.expiresAt ?? ""} />
      <PendingButton pending={labels.pending}>{words.submit}</PendingButton>
    </form>
  </Disclosure>
);
