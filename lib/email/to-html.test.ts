import { expect, test } from "vitest";
import type { EmailContent } from "./content";
import { toHtml } from "./to-html";
import { toText } from "./to-text";

const hostile = `<img src=x onerror="alert(1)">&'`;
const content: EmailContent = {
  locale: "id",
  subject: hostile,
  colours: { accent: "#0c6b52", on: "#fffdf9" },
  title: hostile,
  logo: undefined,
  parts: [
    { kind: "text", text: hostile },
    { kind: "code", label: hostile, digits: "6059 0000 0205" },
    { kind: "rows", rows: [{ name: hostile, value: hostile }] },
    { kind: "steps", steps: [{ text: hostile, say: hostile, meaning: hostile }] },
    { kind: "link", label: hostile, url: `https://shop.example/?a="b`, isMain: true },
  ],
  footer: [{ kind: "link", label: hostile, url: "https://shop.example/reminders/x", isMain: false }],
};

test("the HTML of an e-mail holds no tag that a text brought along", () => {
  const html = toHtml(content);
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;");
  expect(html).toContain(`href="https://shop.example/?a=&quot;b"`);
});

test("the HTML of an e-mail loads nothing from anywhere", () => {
  expect(toHtml(content)).not.toMatch(/<(img|link|script|iframe)|url\(|@import|src=["h]/);
});

test("a logo travels with the e-mail, small enough for a phone and in its own shape", () => {
  const show = (widthPx: number, heightPx: number) =>
    toHtml({ ...content, logo: { widthPx, heightPx, alt: hostile } }).match(/<img[^>]+>/g);
  expect(show(600, 240)).toEqual([
    `<img src="cid:logo@merchant" alt="&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;" width="120" height="48" style="padding:4px;background:#ffffff;border-radius:6px">`,
  ]);
  expect(show(600, 30)?.join()).toContain('width="160" height="8"');
  expect(show(20, 20)?.join()).toContain('width="20" height="20"');
});

test("the text of an e-mail has everything that the HTML has", () => {
  const text = toText(content);
  for (const part of ["6059 0000 0205", "1. <img", `https://shop.example/?a="b`, "/reminders/x"])
    expect(text).toContain(part);
});
