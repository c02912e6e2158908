import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { EmailRow } from "@/db/queries/emails";
import { EmailsNotice } from "@/app/dashboard/_components/emails-notice";
import en from "@/messages/en.json";
import { Emails } from "./emails";

const t = createTranslator({ locale: "en", messages: en, namespace: "dashboard" });
const at = new Date("2026-11-21T05:00:00Z");
const email = {
  ...{ id: "1", kind: "paid", status: "failed", reason: "rejected", smtpCode: 550 },
  ...{ dueAt: at, settledAt: at },
} as EmailRow;

const render = (emails: EmailRow[]) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en}>
      <Emails found={{ emails }} t={t} locale="en" now={at} />
    </NextIntlClientProvider>,
  );

test("an order's page says of each e-mail what became of it, and why", () => {
  const html = render([email, { ...email, id: "2", status: "pending", reason: null, settledAt: null }]);
  for (const words of [
    ...["Payment received", "Failed", "the mail server refused the address or the message"],
    ...["(SMTP answer 550)", "Waiting", "To be sent", "12:00"],
  ])
    expect(html, words).toContain(words);
});

test("an order without e-mails has no such section", () => {
  expect(render([])).toBe("");
});

test("the list of orders says that the mail server takes nothing, since when and why", () => {
  const trouble = { since: at, because: "sign_in_refused" } as const;
  const html = renderToStaticMarkup(<EmailsNotice trouble={trouble} locale="en" t={t} />);
  expect(html).toContain("the mail server refused the user name or password");
  expect(html).toContain("12:00");
  expect(renderToStaticMarkup(<EmailsNotice trouble={undefined} locale="en" t={t} />)).toBe("");
});
