import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { MailServer } from "@/test/harness/mail-server";
import { logoContentId } from "./email";
import { createSmtpClient } from "./smtp";
import type { SmtpSettings } from "./smtp";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const message = {
  ...{ id: "0197", at: new Date("2026-11-21T05:00:00Z"), to: "sri@example.com" },
  ...{ subject: "Kode bayar “Rp150.000”", text: "Halo\n", html: "<p>Halo</p>" },
  ...{ logo: undefined, unsubscribeUrl: undefined },
};

async function aServer(options: Parameters<typeof MailServer.start>[0] = {}) {
  const server = await MailServer.start(options);
  closers.push(() => server.close());
  return server;
}

function aClient(port: number, more: Partial<SmtpSettings> = {}) {
  const client = createSmtpClient(
    {
      ...{ host: "127.0.0.1", port, secure: false, startTls: "never", user: "shop", password: "secret" },
      ...{ from: { name: "Toko Senja", address: "pesanan@toko.example" }, replyTo: "halo@toko.example" },
      ...more,
    },
    300,
  );
  closers.push(client.close);
  return client;
}

describe("the mail client", () => {
  test("sends text and HTML, with headers by which a repeated e-mail and a reminder are known", async () => {
    const server = await aServer();
    const unsubscribeUrl = "https://shop.example/api/reminders/abc";
    const { send } = aClient(server.port);
    expect(await send({ ...message, unsubscribeUrl })).toEqual({ outcome: "sent" });
    const [mail] = server.received;
    expect(mail?.to).toEqual(["sri@example.com"]);
    expect([mail?.text.trim(), mail?.html.trim()]).toEqual(["Halo", "<p>Halo</p>"]);
    expect(mail?.headers).toMatchObject({
      from: "Toko Senja <pesanan@toko.example>",
      "reply-to": "halo@toko.example",
      subject: message.subject,
      "message-id": "<0197@toko.example>",
      date: "Sat, 21 Nov 2026 05:00:00 +0000",
      "auto-submitted": "auto-generated",
      "list-unsubscribe": `<${unsubscribeUrl}>`,
      "list-unsubscribe-post": "List-Unsubscribe=One-Click",
    });
  });

  test("sends the logo inside of the HTML, by the address that the HTML shows", async () => {
    const server = await aServer();
    const logo = Uint8Array.from({ length: 500 }, (_, index) => index % 256);
    const html = `<img src="cid:${logoContentId}">`;
    await aClient(server.port).send({ ...message, html, logo });
    const [mail] = server.received;
    expect([mail?.text.trim(), mail?.html.trim()]).toEqual(["Halo", html]);
    expect(mail?.logo).toEqual({ src: `cid:${logoContentId}`, content: Buffer.from(logo) });
    await aClient(server.port).send(message);
    expect(server.received.map((received) => received.logo !== undefined)).toEqual([true, false]);
  });

  test("puts no line of its own into the headers, whatever a name or subject holds", async () => {
    const server = await aServer();
    const subject = "Toko\r\nBcc: other@example.com\r\n\r\nx";
    const name = `Senja" <a@b.example>,\r\nX-Injected: 1`;
    const { send } = aClient(server.port, { from: { name, address: "pesanan@toko.example" } });
    await send({ ...message, subject });
    expect(server.received.map(({ to }) => to)).toEqual([["sri@example.com"]]);
    expect(Object.keys(server.received[0]?.headers ?? {})).not.toContain("bcc");
    expect(Object.keys(server.received[0]?.headers ?? {})).not.toContain("x-injected");
  });

  test("says in a word why the server took nothing, and never throws", async () => {
    const server = await aServer({ answer: (address) => (address.startsWith("full") ? 452 : 550) });
    const failed = async (to: string, client = aClient(server.port)) => client.send({ ...message, to });
    expect(await failed("sri@example.com")).toMatchObject({ because: "rejected", smtpCode: 550 });
    expect(await failed("full@example.com")).toMatchObject({ because: "deferred", smtpCode: 452 });
    const unknown = aClient(server.port, { password: "wrong" });
    expect(await failed("sri@example.com", unknown)).toMatchObject({ because: "sign_in_refused" });
    const demanding = aClient(server.port, { startTls: "required" });
    expect(await failed("sri@example.com", demanding)).toMatchObject({ because: "insecure" });
    await server.close();
    expect(await failed("sri@example.com")).toMatchObject({ because: "unreachable" });
    expect(server.received).toEqual([]);
  });

  test("gives up on a server that says nothing", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
    closers.push(() => silent.close());
    const { send } = aClient((silent.address() as AddressInfo).port);
    expect(await send(message)).toMatchObject({ outcome: "failed", because: "timeout" });
  });
});
