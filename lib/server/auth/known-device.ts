import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** A browser that has signed in before. `accounts` are keyed digests of e-mails, the newest first. */
export type KnownDevice = { id: string; accounts: readonly string[] };

/** How long a device stays known after its last sign-in. */
export const deviceLifeSeconds = 180 * 24 * 60 * 60;

/** The staff may share a computer. One more account pushes out the one that signed in longest ago. */
const maxAccounts = 10;

const Device = z.object({
  id: z.uuid(),
  until: z.number().int(),
  accounts: z.array(z.string().length(22)).max(maxAccounts),
});

type Context = { key: Uint8Array; now: Date };

/** The value of the device's cookie: JSON and its signature, without names and e-mails. */
export function formatDevice({ id, accounts }: KnownDevice, { key, now }: Context): string {
  const until = Math.floor(now.getTime() / 1000) + deviceLifeSeconds;
  const content = Buffer.from(JSON.stringify({ id, until, accounts })).toString("base64url");
  return `${content}.${signText(`device ${content}`, key)}`;
}

/** undefined for a cookie that this shop has not signed, or long ago. */
export function parseDevice(value: string | undefined, { key, now }: Context): KnownDevice | undefined {
  const [content = "", signature = "", ...more] = value?.split(".") ?? [];
  if (more.length > 0 || !isSame(signature, signText(`device ${content}`, key))) return undefined;
  const { data } = Device.safeParse(JSON.parse(Buffer.from(content, "base64url").toString("utf8")));
  if (data === undefined || data.until * 1000 < now.getTime()) return undefined;
  return { id: data.id, accounts: data.accounts };
}

/** Whether this account has signed in on the device. */
export const isKnownTo = (device: KnownDevice, email: string, key: Uint8Array): boolean =>
  device.accounts.includes(toAccountDigest(email, key));

/** The device after a sign-in of this account. */
export function rememberAccount(device: KnownDevice, email: string, key: Uint8Array): KnownDevice {
  const account = toAccountDigest(email, key);
  const others = device.accounts.filter((each) => each !== account);
  return { id: device.id, accounts: [account, ...others].slice(0, maxAccounts) };
}

const toAccountDigest = (email: string, key: Uint8Array): string =>
  signText(`account ${email.toLowerCase()}`, key).slice(0, 22);

const signText = (text: string, key: Uint8Array): string =>
  createHmac("sha256", key).update(text).digest("base64url");

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
