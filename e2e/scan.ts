import type { Locator } from "@playwright/test";
import { readQrCode } from "../test/harness/read-qr-code";
import { expect } from "./fixtures";

/** @returns what another phone reads from the QR code on the screen */
export async function scan(code: Locator): Promise<string> {
  await expect(code).toHaveJSProperty("complete", true);
  return readQrCode(await code.screenshot());
}
