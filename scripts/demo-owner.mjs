import { randomInt } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const words =
  "anggrek awan bakau bambu batik bintang bukit bulan camar cemara cendana danau dermaga embun fajar gading gelatik " +
  "gunung hujan jambu jati kabut kapas karang kelapa kemuning kenanga kopi kunang laut lembah lontar lumbung mangga " +
  "matahari melati menara merpati nangka nelayan ombak padi pandan pantai pelangi perahu pinang pohon rimba rotan " +
  "sagu samudra sawah seruni sirih sungai tanjung teluk teratai ufuk ulin waru wayang";

/** The owner of the shop in try-it mode. Stored in a file, so that the password stays the same. */
export function getDemoOwner(folder) {
  const { DEMO_OWNER_EMAIL: email, DEMO_OWNER_PASSWORD: password } = process.env;
  if (email?.trim() && password?.trim()) return { email, password };
  const file = path.join(folder, "demo-owner.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const owner = { email: "owner@example.com", password: createReadablePassword() };
  writeFileSync(file, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  return owner;
}

function createReadablePassword() {
  const list = words.split(" ");
  const picked = Array.from({ length: 4 }, () => list[randomInt(list.length)]);
  return [...picked, randomInt(1000, 10_000)].join("-");
}
