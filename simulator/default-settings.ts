import type { Settings } from "./core/sandbox";

/** The merchant that the simulator expects, unless the environment names another; try-it mode uses the same. */
export const defaultSettings: Omit<Settings, "publicUrl"> = {
  clientId: "MCH-0001-10791114622547",
  secretKey: "SK-SimulatorOnly0123456789",
  notificationUrl: "http://localhost:3000/api/doku/notifications",
  inquiryUrl: "http://localhost:3000/api/doku/inquiries",
  dipcBins: ["889651"],
  mgpcBins: ["889651"],
};
