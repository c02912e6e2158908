/** A product as the demo shop shows it; the price in whole rupiah. */
export type ShopProduct = { id: string; name: string; price: number; shipped: boolean };
