// One order for every state that a page can show, each brought there by the simulator's faults and controls.
import { readFileSync } from "node:fs";
import {
  findBill,
  pay,
  payAtTill,
  placeOrder,
  statusIs,
  steer,
  toCheckout,
  toIndodana,
  toPayment,
  toRefusal,
} from "./pictures-shopping.mjs";
import { madeOrders } from "./pictures-making.mjs";
import { at } from "./prepare.mjs";

const small = "kopi-gayo:2~batik-lasem:1";
const ticket = "voucher-kelas:1";

const { payment } = JSON.parse(readFileSync(at("messages", "id.json"), "utf8"));
const labels = payment.client;

const is = (status) => (view) => view.status === status;

/** Each gives the id of its order; `receipt` and `bill` name pages of the simulator. */
const makers = {
  empty: (stage) => untouched(stage, small),
  ticket: (stage) => untouched(stage, ticket),
  large: (stage) => untouched(stage, "sepeda-lipat:1~teh-melati:3"),
  tooLarge: (stage) => untouched(stage, "sepeda-lipat:5"),
  preparing: (stage) =>
    pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Ayu Lestari",
      faults: [{ kind: "cut_before" }],
      ends: toPayment,
    }),
  alfa: (stage) => pay(stage, { lines: small, channel: "alfa", name: "Budi Santoso", ends: toPayment }),
  indomaret: (stage) =>
    pay(stage, { lines: ticket, channel: "indomaret", name: "Citra Dewi", ends: toPayment }),
  indodana: (stage) =>
    pay(stage, { lines: small, channel: "indodana", name: "Dian Pratama", ends: toIndodana }),
  timeUp: async (stage) => {
    const faults = [{ kind: "expires_in_seconds", seconds: 2 }, { kind: "status_500" }];
    const id = await pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Eka Putri",
      faults,
      ends: toPayment,
    });
    await statusIs(stage, id, is("time_up"));
    return id;
  },
  paid: async (stage) => {
    const faults = [{ kind: "twice" }];
    const id = await pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Fajar Nugroho",
      faults,
      ends: toPayment,
    });
    const receipt = await payAtTill(stage, "Fajar Nugroho");
    await statusIs(stage, id, is("paid"));
    return { id, receipt: receipt.paymentId };
  },
  paidLater: async (stage) => {
    const id = await pay(stage, {
      lines: small,
      channel: "indodana",
      name: "Gita Permata",
      ends: toIndodana,
    });
    const { invoice } = await findBill(stage, "Gita Permata");
    await steer(stage, `indodana/${invoice}/approve?wait=1`, {});
    await statusIs(stage, id, is("paid"));
    return id;
  },
  paidLate: async (stage) => {
    const faults = [{ kind: "expires_in_seconds", seconds: 3 }, { kind: "pay_after_expiry" }];
    const id = await pay(stage, {
      lines: ticket,
      channel: "indomaret",
      name: "Hadi Wijaya",
      faults,
      ends: toPayment,
    });
    await statusIs(stage, id, is("expired"));
    await payAtTill(stage, "Hadi Wijaya");
    await statusIs(stage, id, (view) => view.status === "paid" && view.paidLate);
    return id;
  },
  expired: async (stage) => {
    const faults = [{ kind: "expires_in_seconds", seconds: 2 }];
    const id = await pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Intan Sari",
      faults,
      ends: toPayment,
    });
    await statusIs(stage, id, is("expired"));
    return id;
  },
  refused: (stage) =>
    pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Joko Susilo",
      faults: [{ kind: "refuse" }],
      ends: toRefusal,
    }),
  declined: async (stage) => {
    const id = await pay(stage, { lines: small, channel: "indodana", name: "Kartika Ayu", ends: toIndodana });
    const { invoice } = await findBill(stage, "Kartika Ayu");
    await steer(stage, `indodana/${invoice}/refuse?wait=1`, {});
    await statusIs(stage, id, is("failed"));
    return id;
  },
  review: async (stage) => {
    const faults = [{ kind: "wrong_amount", delta: -1000 }];
    const id = await pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Lukman Hakim",
      faults,
      ends: toPayment,
    });
    await payAtTill(stage, "Lukman Hakim");
    await statusIs(stage, id, (view) => view.underReview);
    // Beside it in the list of cases: money for an order that nobody has.
    await steer(stage, "notifications/send", { invoice: "YATIM-0001" });
    return id;
  },
  forged: async (stage) => {
    const faults = [{ kind: "bad_signature", times: 1 }];
    const id = await pay(stage, {
      lines: ticket,
      channel: "alfa",
      name: "Maya Anggraini",
      faults,
      ends: toPayment,
    });
    await payAtTill(stage, "Maya Anggraini");
    return id;
  },
  ...madeOrders,
  superseded: (stage) => changed(stage, { name: "Nadia Rahma", word: "other", ends: toCheckout }),
  cancelled: (stage) =>
    changed(stage, {
      name: "Oka Mahendra",
      word: "cancel",
      ends: (_page, id) => statusIs(stage, id, is("cancelled")),
    }),
};

async function untouched(stage, lines) {
  const { orderId, close } = await placeOrder(stage, lines);
  await close();
  return orderId;
}

/** The shopper has a code and does something else with it. `word` is the button's, in the catalogue of messages. */
async function changed(stage, { name, word, ends }) {
  const { browser, app } = stage;
  const id = await pay(stage, { lines: small, channel: "alfa", name, ends: toPayment });
  const context = await browser.newContext({ locale: "id-ID" });
  const page = await context.newPage();
  await page.goto(`${app.url}/pay/${id}`);
  const button = page.locator("form button", { hasText: labels[word].submit });
  await button.evaluate((element) => element.form.requestSubmit(element));
  await ends(page, id);
  await context.close();
  return id;
}

/** Three at a time: the machine has a browser, a shop, a simulator and a database to run. */
export async function prepareOrders(stage) {
  const waiting = Object.entries(makers).values();
  const orders = {};
  const work = async () => {
    for (const [name, make] of waiting) {
      orders[name] = await make(stage).catch((error) => {
        throw new Error(`The order "${name}" could not be brought about: ${error.message}`);
      });
    }
  };
  await Promise.all(Array.from({ length: 3 }, work));
  const { code } = await findBill(stage, "Budi Santoso");
  const { id: indodanaBill } = await findBill(stage, "Dian Pratama");
  const { howToPayPage } = await findBill(stage, "Citra Dewi");
  return { ...orders, paid: orders.paid.id, receipt: orders.paid.receipt, code, indodanaBill, howToPayPage };
}
