import "server-only";
import { z } from "zod";
import type { SmtpSettings } from "@/lib/email/smtp";

/** `smtp://user:password@host:587`, or `smtps://` with TLS from the first byte. */
export const SmtpUrl = z
  .url({ protocol: /^smtps?$/, error: "must begin with smtp:// or smtps://", abort: true })
  .refine((value) => isDecodable(value), "holds a % that encodes nothing: write % as %25")
  .refine((value) => {
    const { hostname, pathname, search } = new URL(value);
    return hostname !== "" && ["", "/"].includes(pathname) && search === "";
  }, "must be scheme, user, password, host and port alone");

const sender = /^(?:"?([^"<>\p{Cc}]{1,60}?)"?\s*<([^<>]+)>|([^<>]+))$/u;

/** `Toko Senja <pesanan@toko.example>`, or the address alone. */
export const SmtpFrom = z.string().transform((value, context) => {
  const [, name, inBrackets, alone] = sender.exec(value.trim()) ?? [];
  const address = z.email().safeParse((inBrackets ?? alone ?? "").trim());
  if (address.success) return { name: name?.trim(), address: address.data };
  const message = "takes an e-mail address, or a name and the address in <>";
  context.issues.push({ code: "custom", message, input: value });
  return z.NEVER;
});

function isDecodable(value: string): boolean {
  const { username, password } = new URL(value);
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

export const isThisMachine = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);

type Given = {
  url: string;
  from: z.infer<typeof SmtpFrom>;
  merchantName: string;
  replyTo: string | undefined;
  livemode: boolean;
};

/** What passwords and addresses travel through is encrypted in production, but for a mail server on this machine. */
export function toSmtpSettings({ url, from, merchantName, replyTo, livemode }: Given): SmtpSettings {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    startTls: isThisMachine(hostname) ? "never" : livemode ? "required" : "offered",
    user: username === "" ? undefined : decodeURIComponent(username),
    password: password === "" ? undefined : decodeURIComponent(password),
    from: { name: from.name ?? merchantName, address: from.address },
    replyTo,
  };
}
