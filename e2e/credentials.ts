/** The simulator's Secret Key, which signs for DOKU: no browser is sent it, and no log has it. */
export const secretKey = "SK-SimulatorOnly0123456789";

/** Who owns the shops of the journeys. */
export const owner = { email: "pemilik@example.com", password: "kopi-pagi-di-beranda-4821" };
