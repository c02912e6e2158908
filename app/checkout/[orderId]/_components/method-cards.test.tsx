import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import id from "@/messages/id.json";
import type { MethodCard } from "./method-card";
import { MethodCards } from "./method-cards";

const method: MethodCard = {
  channel: "alfa",
  name: "Alfamart",
  hint: "",
  stores: "",
  lasts: "",
  means: "code",
  asks: "name",
  ineligibility: "Di atas batas Rp5.000.000",
  slow: undefined,
};

test("the limit of a way to pay is not shown in the colour of danger", () => {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="id" messages={id}>
      <MethodCards methods={[method]} chosen={undefined} error={undefined} />
    </NextIntlClientProvider>,
  );
  expect(html).toContain("Di atas batas Rp5.000.000");
  expect(html).not.toContain("text-danger");
});
