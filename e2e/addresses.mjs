/**
 * Where everything listens during the journeys: not on the ports of `npm start`, so that a developer's own shop is left
 * alone. E2E_PORT moves them all, so that two runs fit on one machine.
 */
const first = Number(process.env.E2E_PORT ?? 4300);
const at = (offset) => `http://localhost:${first + offset}`;

export const addresses = {
  /** Answers once everything below does, with what the shops complained about in their logs. */
  ready: at(9),
  /** One process on the embedded database, with a simulator of its own. */
  shop: at(0),
  simulator: at(1),
  /**
   * Two processes on one PostgreSQL. Their simulator tells the second of payments; shoppers visit the first. The second
   * lets one client make three orders and start two payments a minute.
   */
  visitedShop: at(2),
  notifiedShop: at(3),
  sharedSimulator: at(4),
};

/** Where DOKU tells the two of a payment: a path that only their settings name, with a slash at its end. */
export const namedNotificationPath = "/hooks/doku/";

/** The simulator's Secret Key, which signs for DOKU: no browser is sent it, and no log has it. */
export const secretKey = "SK-SimulatorOnly0123456789";

export const owner = { email: "pemilik@example.com", password: "kopi-pagi-di-beranda-4821" };
