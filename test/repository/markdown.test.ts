import { describe, expect, test } from "vitest";
import { listAnchors, listComments, listLinks, listNamedFiles, toAnchor } from "./markdown";

describe("anchors of headings", () => {
  test.each([
    ["Signature", "signature"],
    ["4.3 Register a merchant's code (MGPC)", "43-register-a-merchants-code-mgpc"],
    ["What DOKU's pages leave open", "what-dokus-pages-leave-open"],
    ["`npm test` and [links](docs/doku.md)", "npm-test-and-links"],
    ["Kode bayar – dua_tiga é", "kode-bayar--dua_tiga-é"],
  ])("turn the heading %j into %j, as GitHub does", (heading, anchor) => {
    expect(toAnchor(heading)).toBe(anchor);
  });

  test("have a number from the second of two equal headings on", () => {
    expect([...listAnchors("# One\n\n## Same\n\n## Same\n")]).toEqual(["one", "same", "same-1"]);
  });

  test("can be written by hand, and are not taken from examples", () => {
    const text = '| <a id="f6"></a>F6 |\n\n```md\n## Example\n```\n\n## Real ##\n';
    expect([...listAnchors(text)]).toEqual(["f6", "real"]);
  });
});

test("listLinks finds links within the repository, outside of examples", () => {
  const text = "[a](b.md#c) ![p](p.png) [d](#e) [f](https://g.example/h)\n\n```\n[x](y.md)\n```\n";
  expect(listLinks(text)).toEqual(["b.md#c", "p.png", "#e"]);
});

test("listNamedFiles finds files in backquotes, with or without a folder, and no other code", () => {
  const text =
    "`lib/a.ts` `b.db.test.ts` `app/pay/[orderId]/page.tsx` `npm test` `order.amount` `*.ts` `.env`";
  expect(listNamedFiles(text)).toEqual(["lib/a.ts", "b.db.test.ts", "app/pay/[orderId]/page.tsx"]);
});

test("listComments returns a comment of several lines as one text", () => {
  const source = [
    "/** One",
    " * two. */",
    'const address = "https://x.example"; // three',
    "// four",
    "// five",
    "/* six */",
  ].join("\n");
  expect(listComments(source)).toEqual(["/** One two. */", "// three four five", "/* six */"]);
});
