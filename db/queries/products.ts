import { asc, inArray } from "drizzle-orm";
import { Rupiah } from "@/lib/payment/rupiah";
import type { Db, Tx } from "../database";
import { products } from "../schema";

export type Product = typeof products.$inferSelect;

/** All products in the order of the shop. */
export const listProducts = (db: Db): Promise<Product[]> =>
  db.select().from(products).orderBy(asc(products.position));

export const findProducts = (db: Db | Tx, ids: string[]): Promise<Product[]> =>
  db.select().from(products).where(inArray(products.id, ids));

const price = (amount: number) => Rupiah.parse(amount);

/** Some prices are below every channel's minimum or above the counters' maximum, so that the limits can be seen. */
const demo: Omit<Product, "position">[] = [
  {
    id: "kopi-gayo",
    nameId: "Kopi Gayo 250 g",
    nameEn: "Gayo coffee 250 g",
    price: price(92_000),
    category: "food-and-beverage",
    shipped: true,
  },
  {
    id: "batik-lasem",
    nameId: "Kain batik Lasem",
    nameEn: "Lasem batik cloth",
    price: price(275_500),
    category: "clothing",
    shipped: true,
  },
  {
    id: "teh-melati",
    nameId: "Teh melati celup",
    nameEn: "Jasmine tea bags",
    price: price(8_500),
    category: "food-and-beverage",
    shipped: true,
  },
  {
    id: "keramik-kasongan",
    nameId: "Mangkuk keramik Kasongan",
    nameEn: "Kasongan stoneware bowl",
    price: price(64_500),
    category: "home-and-garden",
    shipped: true,
  },
  {
    id: "voucher-kelas",
    nameId: "Voucher kelas membatik",
    nameEn: "Batik class voucher",
    price: price(150_000),
    category: "ticketing",
    shipped: false,
  },
  {
    id: "tas-rotan",
    nameId: "Tas anyaman rotan",
    nameEn: "Woven rattan bag",
    price: price(480_000),
    category: "clothing",
    shipped: true,
  },
  {
    id: "kursi-jati",
    nameId: "Kursi kayu jati",
    nameEn: "Teak chair",
    price: price(2_750_000),
    category: "home-and-garden",
    shipped: true,
  },
  {
    id: "sepeda-lipat",
    nameId: "Sepeda lipat",
    nameEn: "Folding bicycle",
    price: price(5_900_000),
    category: "sports-and-outdoors",
    shipped: true,
  },
];

/** Adds the demo products that are missing; existing ones are not changed. */
export async function seedProducts(db: Db): Promise<void> {
  await db
    .insert(products)
    .values(demo.map((product, position) => ({ ...product, position })))
    .onConflictDoNothing();
}
