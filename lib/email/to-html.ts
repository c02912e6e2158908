import type { EmailContent, EmailPart } from "./content";
import { logoContentId } from "./email";

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const digits = "font-family:ui-monospace,Menlo,Consolas,monospace;font-variant-numeric:tabular-nums";

/** For programs that know dark mode; those that do not show the light colours of the attributes. */
const darkStyle = `@media (prefers-color-scheme: dark) {
body, .page { background: #14201a !important; }
.card { background: #1c2b23 !important; color: #eef5f0 !important; border-color: #35463c !important; }
.muted { color: #b4c4ba !important; } .code { background: #14201a !important; color: #eef5f0 !important; }
.plain { color: #8fd9ae !important; } }`;

/** One column of tables with styles in place, as mail programs need; no script, nothing from another server. */
export const toHtml = ({ locale, subject, title, logo, colours, parts, footer }: EmailContent): string =>
  `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no">
<title>${escape(subject)}</title><style>${darkStyle}</style></head>
<body style="margin:0;background:#f3f6f4">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f6f4"><tr>
<td align="center" style="padding:16px 8px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:480px;background:#ffffff;color:#16241c;border:1px solid #dbe4de;border-radius:12px;${font};font-size:16px;line-height:1.5"><tr>
<td style="padding:24px 20px">${logo ? formatLogo(logo) : ""}<h1 style="margin:0 0 16px;font-size:22px;line-height:1.25">${escape(title)}</h1>
${parts.map((part) => formatPart(part, colours)).join("\n")}</td></tr></table>
<table role="presentation" class="muted" width="100%" cellpadding="0" cellspacing="0" style="max-width:480px;color:#4d5f55;${font};font-size:14px;line-height:1.5"><tr>
<td style="padding:16px 20px">
${footer.map((part) => formatPart(part, colours)).join("\n")}</td></tr></table>
</td></tr></table></body></html>
`;

/** Pixels. */
const logoBox = { widthPx: 160, heightPx: 48 };

/** On white in dark mode too, as on the pages: it was made for paper. */
function formatLogo({ widthPx, heightPx, alt }: NonNullable<EmailContent["logo"]>): string {
  const scale = Math.min(1, logoBox.widthPx / widthPx, logoBox.heightPx / heightPx);
  const [width, height] = [widthPx, heightPx].map((px) => Math.max(1, Math.round(px * scale)));
  return `<p style="margin:0 0 16px"><img src="cid:${logoContentId}" alt="${escape(alt)}" width="${width}" height="${height}" style="padding:4px;background:#ffffff;border-radius:6px"></p>
`;
}

type Colours = EmailContent["colours"];

function formatPart(part: EmailPart, colours: Colours): string {
  switch (part.kind) {
    case "text":
      return paragraph(escape(part.text));
    case "code":
      return `<p class="code" style="margin:0 0 16px;padding:12px 14px;background:#eaf3ed;border-radius:8px">${escape(part.label)}<br>
<strong style="font-size:22px;${digits}">${escape(part.digits)}</strong></p>`;
    case "rows":
      return `<table cellpadding="0" cellspacing="0" style="margin:0 0 16px">${part.rows.map(formatRow).join("")}</table>`;
    case "steps":
      return `<ol style="margin:0 0 16px;padding-left:22px">${part.steps.map(formatStep).join("")}</ol>`;
    case "link":
      return part.isMain
        ? button(part, colours)
        : paragraph(anchor(part, `class="plain" style="color:${colours.accent}"`));
  }
}

const formatRow = ({ name, value }: { name: string; value: string }): string =>
  `<tr><th class="muted" align="left" valign="top" style="padding:2px 16px 2px 0;font-weight:normal;color:#4d5f55">${escape(name)}</th><td valign="top" style="padding:2px 0;font-weight:bold;overflow-wrap:anywhere">${escape(value)}</td></tr>`;

const formatStep = ({ text, say, meaning }: { text: string; say?: string; meaning?: string }): string =>
  `<li style="margin:0 0 8px">${escape(text)}${say ? `<br><strong lang="id">“${escape(say)}”</strong>` : ""}${meaning ? `<br><span class="muted" style="color:#4d5f55">${escape(meaning)}</span>` : ""}</li>`;

type Link = { label: string; url: string };

const button = (link: Link, { accent, on }: Colours): string =>
  paragraph(
    anchor(
      link,
      `style="display:inline-block;padding:12px 20px;background:${accent};color:${on};font-weight:bold;text-decoration:none;border-radius:10px"`,
    ),
  );

const anchor = ({ label, url }: Link, attributes: string): string =>
  `<a href="${escape(url)}" ${attributes}>${escape(label)}</a>`;

const paragraph = (html: string): string => `<p style="margin:0 0 16px">${html}</p>`;

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign).replaceAll("\n", "<br>");
