import { createTransport } from "nodemailer";
import type { NodemailerError } from "nodemailer";
import { logoContentId } from "./email";
import type { EmailMessage, SendEmail, SendFailure, SendResult } from "./email";

export type SmtpSettings = {
  host: string;
  port: number;
  /** TLS from the first byte (`smtps://`). */
  secure: boolean;
  /** Otherwise: whether STARTTLS is demanded, used when the server offers it, or left out (on this machine). */
  startTls: "required" | "offered" | "never";
  user: string | undefined;
  password: string | undefined;
  from: { name: string; address: string };
  replyTo: string | undefined;
};

/** Milliseconds. Together far less than the lease of an e-mail (lib/operations/emails/deliver-email.ts). */
const timeOuts = { dns: 5_000, connection: 10_000, greeting: 10_000, socket: 15_000 };

/** @returns `send`, which never throws, over one connection that is kept; `close` ends it */
export function createSmtpClient(settings: SmtpSettings, patienceMs = timeOuts.socket) {
  const transport = createTransport({
    pool: true,
    maxConnections: 1,
    // Whether one is sent again is decided by its row.
    maxRequeues: 0,
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: settings.startTls === "required",
    ignoreTLS: settings.startTls === "never",
    ...(settings.user !== undefined && {
      auth: { user: settings.user, pass: settings.password ?? "" },
    }),
    dnsTimeout: timeOuts.dns,
    connectionTimeout: Math.min(patienceMs, timeOuts.connection),
    greetingTimeout: Math.min(patienceMs, timeOuts.greeting),
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const send: SendEmail = async (message) => {
    try {
      await transport.sendMail(toMail(settings, message));
      return { outcome: "sent" };
    } catch (error) {
      return toFailure(error);
    }
  };
  return { send, close: () => transport.close({ force: true }) };
}

/** Names and addresses are given apart: as one text they would be taken for a list. nodemailer encodes every header. */
const toMail = ({ from, replyTo }: SmtpSettings, message: EmailMessage) => ({
  from,
  to: { name: "", address: message.to },
  ...(replyTo !== undefined && { replyTo: { name: "", address: replyTo } }),
  subject: message.subject,
  text: message.text,
  html: message.html,
  attachments: message.logo === undefined ? [] : [toAttachment(message.logo)],
  date: message.at,
  messageId: `<${message.id}@${from.address.split("@").at(-1) ?? "localhost"}>`,
  headers: {
    // RFC 3834: no answering machine answers it.
    "Auto-Submitted": "auto-generated",
    ...(message.unsubscribeUrl !== undefined && {
      "List-Unsubscribe": `<${message.unsubscribeUrl}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }),
  },
});

/** Inline, so that mail programs show it in its place and not in a list of files. */
const toAttachment = (logo: Uint8Array) => ({
  filename: "logo.png",
  content: Buffer.from(logo),
  contentType: "image/png",
  cid: logoContentId,
  contentDisposition: "inline" as const,
});

/** The server's words are left out: they often repeat the address. */
function toFailure(error: unknown): SendResult {
  const { code, originalCode, responseCode: smtpCode, permanent } = (error ?? {}) as Partial<NodemailerError>;
  const because = isOfCertificate(originalCode) ? "insecure" : toReason(code, permanent);
  return { outcome: "failed", because, smtpCode };
}

/** Node's codes, such as CERT_HAS_EXPIRED, DEPTH_ZERO_SELF_SIGNED_CERT, ERR_TLS_CERT_ALTNAME_INVALID. */
const isOfCertificate = (code = ""): boolean => /CERT|_TLS_|_SSL_|SIGNATURE/.test(code);

function toReason(code: string | undefined, permanent: boolean | undefined): SendFailure {
  switch (code) {
    case "ETLS":
      return "insecure";
    case "EAUTH":
    case "ENOAUTH":
      return "sign_in_refused";
    case "ETIMEDOUT":
      return "timeout";
    case "EENVELOPE":
    case "EMESSAGE":
      return permanent === true ? "rejected" : "deferred";
    default:
      return permanent === true ? "rejected" : "unreachable";
  }
}
