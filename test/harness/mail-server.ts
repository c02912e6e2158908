import getPort from "get-port";
import { SMTPServer } from "smtp-server";

export type ReceivedMail = {
  /** The envelope's. */
  to: string[];
  /** By name in small letters, unfolded; encoded words are decoded. */
  headers: Record<string, string>;
  text: string;
  html: string;
  /** The picture that the HTML shows, with the address of it there; undefined without one. */
  logo: { src: string; content: Buffer } | undefined;
};

/** The server's answer to a recipient; undefined takes the mail. */
type Answer = (address: string) => number | undefined;

/** A real mail server that keeps what it takes, and can be away for a while. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  private server: SMTPServer | undefined;

  private constructor(
    readonly port: number,
    private readonly options: { answer: Answer; withTls: boolean },
  ) {}

  static async start({ answer = () => undefined, withTls = false }: Partial<MailServer["options"]> = {}) {
    const server = new MailServer(await getPort(), { answer, withTls });
    await server.open();
    return server;
  }

  get url(): string {
    return `smtp://shop:secret@127.0.0.1:${this.port}`;
  }

  async open(): Promise<void> {
    const server = new SMTPServer({
      ...{ authMethods: ["PLAIN"], allowInsecureAuth: true, closeTimeout: 100, disableReverseLookup: true },
      hideSTARTTLS: !this.options.withTls,
      onAuth: ({ username, password }, _session, done) =>
        username === "shop" && password === "secret"
          ? done(null, { user: username })
          : done(new Error("unknown user")),
      onRcptTo: ({ address }, _session, done) => {
        const responseCode = this.options.answer(address);
        done(responseCode === undefined ? null : Object.assign(new Error("no"), { responseCode }));
      },
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const to = envelope.rcptTo.map(({ address }) => address);
          this.received.push({ to, ...parseMail(Buffer.concat(chunks).toString("latin1")) });
          done();
        });
      },
    });
    server.on("error", () => undefined);
    this.server = server;
    await new Promise<void>((done) => server.listen(this.port, "127.0.0.1", done));
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise<void>((done) => server.close(done));
  }

  /** What one address got, the first one first. */
  listFor = (address: string): ReceivedMail[] => this.received.filter(({ to }) => to.includes(address));
}

type Part = { headers: Record<string, string>; body: string };

/** A message of one text, one HTML part and perhaps its logo, as ours are. */
function parseMail(raw: string): Omit<ReceivedMail, "to"> {
  const whole = splitPart(raw);
  const parts = listParts(whole);
  const find = (type: string) => parts.find((part) => part.headers["content-type"]?.startsWith(type));
  return {
    headers: whole.headers,
    text: decodeBody(find("text/plain")),
    html: decodeBody(find("text/html")),
    logo: toLogo(find("image/png")),
  };
}

/** The parts that hold no others. */
function listParts(part: Part): Part[] {
  const [, boundary] = /^multipart\/.*boundary="?([^";]+)"?/.exec(part.headers["content-type"] ?? "") ?? [];
  if (boundary === undefined) return [part];
  return part.body
    .split(`--${boundary}`)
    .slice(1, -1)
    .flatMap((inner) => listParts(splitPart(inner)));
}

function toLogo(part: Part | undefined): ReceivedMail["logo"] {
  if (!part) return undefined;
  const [, id = ""] = /^<(.+)>$/.exec(part.headers["content-id"] ?? "") ?? [];
  return { src: `cid:${id}`, content: Buffer.from(part.body, "base64") };
}

function splitPart(raw: string): Part {
  const text = raw.replace(/^\r\n/, "");
  const end = text.indexOf("\r\n\r\n");
  const lines = text
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const headers = lines.map((line) => {
    const at = line.indexOf(":");
    return [line.slice(0, at).toLowerCase(), decodeWords(line.slice(at + 1).trim())] as const;
  });
  return { headers: Object.fromEntries(headers), body: text.slice(end + 4) };
}

function decodeBody(part: Part | undefined): string {
  if (!part) return "";
  switch (part.headers["content-transfer-encoding"]) {
    case "base64":
      return Buffer.from(part.body, "base64").toString("utf8");
    case "quoted-printable":
      return fromQuotedPrintable(part.body.replaceAll("=\r\n", ""));
    default:
      return part.body;
  }
}

const fromQuotedPrintable = (text: string): string =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  )
    .toString("utf8")
    .replaceAll("\r\n", "\n");

/** RFC 2047. */
const decodeWords = (value: string): string =>
  value
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?(b|q)\?([^?]*)\?=/gi, (_whole, encoding: string, word: string) =>
      encoding.toLowerCase() === "b"
        ? Buffer.from(word, "base64").toString("utf8")
        : fromQuotedPrintable(word.replaceAll("_", " ")),
    );
