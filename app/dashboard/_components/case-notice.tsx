import { z } from "zod";
import { Notice } from "@/components/ui/notice";
import type { Messages } from "@/lib/server/i18n/i18n";

/** What the address of a page says about a case that was just closed. */
export const ClosedCase = z.enum(["closed", "already_closed"]).optional().catch(undefined);

type Props = {
  closed: z.infer<typeof ClosedCase>;
  labels: Messages["dashboard"]["cases"];
};

export const CaseNotice = ({ closed, labels }: Props) =>
  closed && (
    <Notice role="alert" tone={closed === "closed" ? "good" : "neutral"} className="mb-5">
      {closed === "closed" ? labels.closed : labels.alreadyClosed}
    </Notice>
  );
