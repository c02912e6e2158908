// One order for every state that a page can show, each brought there by the simulator's faults and controls.
import { readFileSync } from "node:fs";
import {
  choose,
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
} from "./actions";
import { madeOrders } from "./create-codes";
import { at } from "../prepare.mjs";

const small = "kopi-gayo:2~batik-lasem:1";
const ticket = "voucher-kelas:1";

const { payment } = JSON.parse(readFileSync(at("messages", "id.json"), "utf8"));
const labels = payment.live;

const is = (status) => (view) => view.status === status;

const isChanged = (status) => (view) => view.change?.status === status;

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
  contradicted: async (stage) => {
    const faults = [{ kind: "conflict_other_body" }];
    const id = await pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Surya Adi",
      faults,
      ends: toPayment,
    });
    // From then on the page says what else one can do.
    await statusIs(stage, id, (view) => view.preparingFor >= 20);
    return id;
  },
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
  extended: (stage) =>
    changed(stage, {
      name: "Ratna Wulandari",
      faults: [{ kind: "expires_in_seconds", seconds: 600, times: 1 }],
      word: "extend",
      ends: (_page, id) => statusIs(stage, id, isChanged("done")),
    }),
  // An answer that is no sign of DOKU being down: nobody else's code may have to wait for this one.
  cancelling: (stage) =>
    changed(stage, {
      name: "Dimas Anggara",
      faults: [{ kind: "redirect", on: "change" }],
      word: "cancel",
      ends: (_page, id) => statusIs(stage, id, isChanged("asked")),
    }),
  cancelRefused: (stage) =>
    changed(stage, {
      name: "Vina Melati",
      faults: [{ kind: "refuse", on: "change", message: "payment code is locked" }],
      word: "cancel",
      ends: (_page, id) => statusIs(stage, id, isChanged("refused")),
    }),
  paidAfterCancel: async (stage) => {
    const name = "Wulan Safitri";
    const id = await changed(stage, {
      name,
      faults: [{ kind: "pay_after_delete" }],
      word: "cancel",
      ends: (_page, id) => statusIs(stage, id, is("cancelled")),
    });
    await payAtTill(stage, name);
    await statusIs(stage, id, (view) => view.status === "paid" && view.underReview);
    return id;
  },
  paidTwice: async (stage) => {
    const name = "Bambang Sutrisno";
    const payAgain = async (page) => {
      await toCheckout(page);
      await choose(page, { channel: "alfa", name });
      await page.locator('form.checkout button[type="submit"]').click();
      await toPayment(page);
    };
    const id = await changed(stage, { name, channel: "indomaret", word: "other", ends: payAgain });
    await statusIs(stage, id, is("awaiting_payment"));
    await payAtTill(stage, name);
    await statusIs(stage, id, (view) => view.status === "paid" && view.underReview);
    return id;
  },
  // Another amount came for a code that was left, before another method was chosen.
  leftReview: async (stage) => {
    const name = "Laras Kinanti";
    const faults = [{ kind: "wrong_amount", delta: -1000 }];
    const id = await changed(stage, { name, faults, channel: "indomaret", word: "other", ends: toCheckout });
    await payAtTill(stage, name);
    await statusIs(stage, id, (view) => view.underReview);
    return id;
  },
  // The last one: its page has other words after 20 seconds. Nor is this answer a sign of DOKU being down.
  asked: (stage) =>
    pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Krisna Bayu",
      faults: [{ kind: "redirect" }],
      ends: toPayment,
    }),
};

async function untouched(stage, lines) {
  const { orderId, close } = await placeOrder(stage, lines);
  await close();
  return orderId;
}

/** The shopper has a code and does something else with it. `word` is the button's, in the catalogue of messages. */
async function changed(stage, { name, channel = "alfa", faults, word, ends }) {
  const { browser, app } = stage;
  const id = await pay(stage, { lines: small, channel, name, faults, ends: toPayment });
  await statusIs(stage, id, is("awaiting_payment"));
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
