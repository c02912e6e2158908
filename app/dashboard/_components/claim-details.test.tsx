import { createTranslator } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import en from "@/messages/en.json";
import { ClaimDetails } from "./claim-details";

const t = createTranslator({ locale: "en", messages: en, namespace: "dashboard" });
const claim = { caseId: "1", receiptNumber: "TRX-1", note: null, hasPhoto: true };

const render = (change: Partial<typeof claim>, isPhotoKept: boolean) =>
  renderToStaticMarkup(<ClaimDetails claim={{ ...claim, ...change }} isPhotoKept={isPhotoKept} t={t} />);

test("a claim leads to its photo while that is kept, and says afterwards that it was deleted", () => {
  const [link, deleted] = ["/api/dashboard/claims/1/photo", "was deleted 90 days after the case was closed"];
  const kept = render({}, true);
  expect([kept.includes(link), kept.includes(deleted)]).toEqual([true, false]);
  const over = render({}, false);
  expect([over.includes(link), over.includes(deleted)]).toEqual([false, true]);
  expect(over).toContain("TRX-1");
  expect(render({ hasPhoto: false }, false)).not.toContain(deleted);
});
