import "server-only";
import { parseOptOutToken } from "@/lib/email/opt-out";
import { deriveKey } from "../auth/session-secret";

/** Signs links in e-mails; derived, so that it signs nothing else. */
export const getOptOutKey = (): Uint8Array => deriveKey("reminders");

/** @param token from an address. @returns the hash of the e-mail address; undefined when it was not signed here */
export const parseReminderToken = (token: string): string | undefined =>
  parseOptOutToken(token, getOptOutKey());
