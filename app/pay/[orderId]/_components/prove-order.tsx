import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { PendingButton } from "@/components/ui/pending-button";
import type { ProofQuestion } from "@/lib/payment/order-proof";
import { proveOrder } from "../actions";

export type ProofProblem = "needed" | "wrong" | "wait";
export type Proof = {
  /** undefined for an order with nothing to ask for. */
  asks: ProofQuestion | undefined;
  problem: ProofProblem | undefined;
};

type Props = { orderId: string; proof: Proof; open: boolean };

/** In place of what ends the code, for someone who has only the link of the page: one question about the order. */
export function ProveOrder({ orderId, proof: { asks, problem }, open }: Props) {
  const t = useTranslations("payment.live.proof");
  return (
    <div id="proof" className="scroll-mt-4">
      <Disclosure title={t("title")} open={open || problem !== undefined}>
        <p className="text-muted">{t(asks ? "body" : "nothing")}</p>
        {asks && (
          <form action={proveOrder} className="mt-4 space-y-4">
            <input type="hidden" name="orderId" value={orderId} />
            <Field
              name="answer"
              label={t(asks)}
              error={problem === "wrong" || problem === "wait" ? t(problem) : undefined}
              autoComplete="off"
              {...(asks === "phone" && { inputMode: "numeric", maxLength: 4 })}
              required
            />
            <PendingButton pending={t("pending")}>{t("submit")}</PendingButton>
          </form>
        )}
      </Disclosure>
    </div>
  );
}
