import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { DetailItem } from "./detail-list";

test.each([null, undefined, false, ""])("a detail without a value has no label: %j", (value) => {
  expect(renderToStaticMarkup(<DetailItem name="Nama">{value}</DetailItem>)).toBe("");
});

test("a detail with the value 0 is shown", () => {
  expect(renderToStaticMarkup(<DetailItem name="Jumlah">{0}</DetailItem>)).toContain("Jumlah");
});
