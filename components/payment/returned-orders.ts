/** Throws where the browser forbids storage. */
type GetStorage = () => Pick<Storage, "getItem" | "setItem">;

const getLocalStorage: GetStorage = () => localStorage;

const key = "kode-bayar-returned";
/** A shopper opens the receipt again within days, not after twenty other orders. */
const most = 20;

/**
 * Whether this browser went back from the order's page before, or a person stopped it. True as well where nothing can be
 * kept: a page must not go back twice.
 */
export function hasReturned(orderId: string, getStorage = getLocalStorage): boolean {
  try {
    return listOrders(getStorage).includes(orderId);
  } catch {
    return true;
  }
}

/** @returns whether it is kept */
export function rememberReturn(orderId: string, getStorage = getLocalStorage): boolean {
  try {
    const others = listOrders(getStorage).filter((one) => one !== orderId);
    getStorage().setItem(key, [orderId, ...others].slice(0, most).join(" "));
    return true;
  } catch {
    return false;
  }
}

const listOrders = (getStorage: GetStorage): string[] => getStorage().getItem(key)?.split(" ") ?? [];
