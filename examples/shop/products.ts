export type Product = { id: string; name: string; price: number };

/** Prices in whole rupiah. The shop knows its prices; a form only says what and how many. */
export const products: readonly Product[] = [
  { id: "sambal-roa", name: "Sambal roa 200 g", price: 48_000 },
  { id: "keripik-tempe", name: "Keripik tempe 250 g", price: 27_500 },
  { id: "madu-hutan", name: "Madu hutan 350 ml", price: 115_000 },
];
