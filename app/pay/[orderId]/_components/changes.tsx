import { useTranslations } from "next-intl";
import type { ChannelName } from "@/components/payment/payment-translator";
import { Disclosure } from "@/components/ui/disclosure";
import { PendingButton } from "@/components/ui/pending-button";
import type { PaymentView } from "@/lib/payment/payment-view";
import { cancelCode, chooseAnotherMethod, extendTime } from "../actions";
import { ProveOrder } from "./prove-order";
import type { Proof } from "./prove-order";

type Props = {
  view: PaymentView;
  channel: ChannelName;
  /** The shopper has come back without paying, or wanted another method: the form for that is open. */
  isLeaving: boolean;
  /** More time is offered above already. */
  isExtensionOffered: boolean;
  /** Given for a browser that has only the link, and may not end the code before it has answered. */
  proof: Proof | undefined;
};

/** What a shopper can do with a payment that is not final. Each is opened first, and explains what it does. */
export const Changes = ({ view, channel, isLeaving, isExtensionOffered, proof }: Props) => {
  const t = useTranslations("payment.live");
  return (
    <>
      {view.can.extend && !isExtensionOffered && (
        // The deadline is the key, so that the form closes after an extension.
        <Change
          key={view.expiresAt}
          view={view}
          title={t("extend.title")}
          body={t("extend.body")}
          submit={t("extend.submit")}
          action={extendTime}
        />
      )}
      {proof && (view.can.changeMethod || view.can.cancel) && (
        <div id="other" className="scroll-mt-4">
          <ProveOrder orderId={view.orderId} proof={proof} open={isLeaving} />
        </div>
      )}
      {!proof && view.can.changeMethod && (
        <div id="other" className="scroll-mt-4">
          <Change
            view={view}
            title={t("other.title")}
            body={t(getOtherMethodKey(view, channel), { channel: channel.name })}
            submit={t("other.submit")}
            action={chooseAnotherMethod}
            open={isLeaving}
          />
        </div>
      )}
      {!proof && view.can.cancel && (
        <Change
          view={view}
          title={t("cancel.title")}
          body={t("cancel.body")}
          submit={t("cancel.submit")}
          action={cancelCode}
        />
      )}
    </>
  );
};

function getOtherMethodKey({ status }: PaymentView, { means }: ChannelName) {
  if (status === "preparing") return "other.bodyPreparing";
  return means === "code" ? "other.body" : "other.bodyPage";
}

type ChangeProps = Record<"title" | "body" | "submit", string> & {
  view: PaymentView;
  action: (form: FormData) => Promise<void>;
  open?: boolean;
};

const Change = ({ view, title, body, submit, action, open = false }: ChangeProps) => (
  <Disclosure title={title} open={open}>
    <p className="text-muted">{body}</p>
    <ChangeForm view={view} submit={submit} action={action} />
  </Disclosure>
);

export const ChangeForm = ({ view, submit, action }: Pick<ChangeProps, "view" | "submit" | "action">) => (
  <form action={action} className="mt-4">
    <input type="hidden" name="orderId" value={view.orderId} />
    {/* What the shopper saw: a form sent twice extends once. */}
    <input type="hidden" name="deadline" value={view.expiresAt ?? ""} />
    <PendingButton pending={useTranslations("payment.live")("pending")}>{submit}</PendingButton>
  </form>
);
