import type { Translator } from "@/components/translator";
import { z } from "zod";
import { Notice } from "@/components/ui/notice";
import { ForgetAnswer } from "./forget-answer";

/** The parameter `case` of an address: the result of closing a case. */
export const ClosedCase = z.enum(["closed", "already_closed"]).optional().catch(undefined);

type Props = {
  closed: z.infer<typeof ClosedCase>;
  t: Translator<"dashboard">;
};

export const CaseNotice = ({ closed, t }: Props) =>
  closed && (
    <Notice role="alert" tone={closed === "closed" ? "good" : "neutral"} className="mb-5">
      {closed === "closed" ? t("cases.closed") : t("cases.alreadyClosed")}
      <ForgetAnswer parameter="case" />
    </Notice>
  );
