import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { PaymentRow } from "@/db/queries/orders";
import type { TermName } from "@/lib/payment/carried-terms";
import id from "@/messages/id.json";
import { PaymentTerms } from "./terms";

const t = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });

const render = (payment: object, leftOut: readonly TermName[] = []): string =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="id">
      <PaymentTerms
        payment={payment as unknown as PaymentRow}
        info="Toko Pagi - Senja"
        leftOut={leftOut}
        now={new Date(0)}
        locale="id"
        t={t}
      />
    </NextIntlClientProvider>,
  );

test.each([{}, { info: "" }, { info: undefined, footer: [], settlement: [] }])(
  "terms without any value have no title: %j",
  (terms) => expect(render({ codeKind: "dgpc", terms })).toBe(""),
);

test("terms with a value are shown", () => {
  expect(render({ codeKind: "dgpc", terms: { info: "Toko Pagi" } })).toContain("Toko Pagi - Senja");
  expect(render({ codeKind: "mgpc", terms: {} })).toContain(t("terms.kinds.mgpc"));
});

test("terms that the channel could not carry are named", () => {
  const html = render({ codeKind: "dgpc", terms: {} }, ["insurance", "settlement"]);
  expect(html).toContain(t("terms.leftOut"));
  expect(html).toContain(`${t("terms.insurance")}, ${t("terms.settlement")}`);
});
