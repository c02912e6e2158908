import type { DokuKeys } from "@/lib/doku/keys";

/** What the app and the scripted DOKU share. */
export const keys: DokuKeys = {
  clientId: "MCH-0001-10791114622547",
  current: "SK-current",
  previous: "SK-previous",
};
export const notificationPath = "/api/doku/notifications";
