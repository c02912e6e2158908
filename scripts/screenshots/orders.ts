// One order for every state that a page can show, brought there by the simulator's faults and controls.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import {
  callSimulator,
  choose,
  getBill,
  pay,
  payAtTill,
  placeOrder,
  setCookies,
  shopper,
  toCheckout,
  toIndodana,
  toPayment,
  toRefusal,
  waitForStatus,
} from "./actions";
import type { Ending, Fault, Stage, View } from "./actions";
import { createdOrders } from "./create-codes";
import { at } from "../prepare.mjs";

const small = "kopi-gayo:2~batik-lasem:1";
const ticket = "voucher-kelas:1";

type ButtonName = "other" | "cancel" | "extend";

const { payment }: { payment: { live: Record<ButtonName, { submit: string }> } } = JSON.parse(
  readFileSync(at("messages", "id.json"), "utf8"),
);
const labels = payment.live;

const is = (status: string) => (view: View) => view.status === status;

const isChanged = (status: string) => (view: View) => view.change?.status === status;

/** Each returns the id of its order. */
const makers = {
  empty: (stage: Stage) => placeOnly(stage, small),
  ticket: (stage: Stage) => placeOnly(stage, ticket),
  large: (stage: Stage) => placeOnly(stage, "sepeda-lipat:1~teh-melati:3"),
  tooLarge: (stage: Stage) => placeOnly(stage, "sepeda-lipat:5"),
  preparing: (stage: Stage) =>
    pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Ayu Lestari",
      faults: [{ kind: "cut_before" }],
      ends: toPayment,
    }),
  contradicted: async (stage: Stage) => {
    const faults = [{ kind: "conflict_other_body" }];
    const id = await pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Surya Adi",
      faults,
      ends: toPayment,
    });
    // From then on the page offers what else the shopper can do.
    await waitForStatus(stage, id, (view) => (view.preparingFor ?? 0) >= 20);
    return id;
  },
  alfa: (stage: Stage) =>
    pay(stage, { lines: small, channel: "alfa", name: "Budi Santoso", ends: toPayment }),
  indomaret: (stage: Stage) =>
    pay(stage, { lines: ticket, channel: "indomaret", name: "Citra Dewi", ends: toPayment }),
  indodana: (stage: Stage) =>
    pay(stage, { lines: small, channel: "indodana", name: "Dian Pratama", ends: toIndodana }),
  timeUp: async (stage: Stage) => {
    const faults = [{ kind: "expires_in_seconds", seconds: 2 }, { kind: "status_500" }];
    const id = await pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Eka Putri",
      faults,
      ends: toPayment,
    });
    await waitForStatus(stage, id, is("time_up"));
    return id;
  },
  paidLater: async (stage: Stage) => {
    const id = await pay(stage, {
      lines: small,
      channel: "indodana",
      name: "Gita Permata",
      ends: toIndodana,
    });
    const { invoice } = await getBill(stage, "Gita Permata");
    await callSimulator(stage, `indodana/${invoice}/approve?wait=1`, {});
    await waitForStatus(stage, id, is("paid"));
    return id;
  },
  paidLate: async (stage: Stage) => {
    const faults = [{ kind: "expires_in_seconds", seconds: 3 }, { kind: "pay_after_expiry" }];
    const id = await pay(stage, {
      lines: ticket,
      channel: "indomaret",
      name: "Hadi Wijaya",
      faults,
      ends: toPayment,
    });
    await waitForStatus(stage, id, is("expired"));
    await payAtTill(stage, "Hadi Wijaya");
    await waitForStatus(stage, id, (view) => view.status === "paid" && view.paidLate);
    return id;
  },
  expired: async (stage: Stage) => {
    const faults = [{ kind: "expires_in_seconds", seconds: 2 }];
    const id = await pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Intan Sari",
      faults,
      ends: toPayment,
    });
    await waitForStatus(stage, id, is("expired"));
    return id;
  },
  refused: (stage: Stage) =>
    pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Joko Susilo",
      faults: [{ kind: "refuse" }],
      ends: toRefusal,
    }),
  declined: async (stage: Stage) => {
    const id = await pay(stage, { lines: small, channel: "indodana", name: "Kartika Ayu", ends: toIndodana });
    const { invoice } = await getBill(stage, "Kartika Ayu");
    await callSimulator(stage, `indodana/${invoice}/refuse?wait=1`, {});
    await waitForStatus(stage, id, is("failed"));
    return id;
  },
  review: async (stage: Stage) => {
    const faults = [{ kind: "wrong_amount", delta: -1000 }, { kind: "status_404" }];
    const id = await pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Lukman Hakim",
      faults,
      ends: toPayment,
    });
    await payAtTill(stage, "Lukman Hakim");
    await waitForStatus(stage, id, (view) => view.underReview);
    // Next to it in the list of cases: an orphan.
    await callSimulator(stage, "notifications/send", { invoice: "YATIM-0001" });
    return id;
  },
  forged: async (stage: Stage) => {
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
  ...createdOrders,
  superseded: (stage: Stage) => changeCode(stage, { name: "Nadia Rahma", button: "other", ends: toCheckout }),
  cancelled: (stage: Stage) =>
    changeCode(stage, {
      name: "Oka Mahendra",
      button: "cancel",
      ends: (_page, id) => waitForStatus(stage, id, is("cancelled")),
    }),
  extended: (stage: Stage) =>
    changeCode(stage, {
      name: "Ratna Wulandari",
      // More than the time in which the page offers more by itself.
      faults: [{ kind: "expires_in_seconds", seconds: 900, times: 1 }],
      button: "extend",
      ends: (_page, id) => waitForStatus(stage, id, isChanged("done")),
    }),
  // A response that does not count as an outage of DOKU, so that no other order has to wait.
  cancelling: (stage: Stage) =>
    changeCode(stage, {
      name: "Dimas Anggara",
      faults: [{ kind: "redirect", on: "change" }],
      button: "cancel",
      ends: (_page, id) => waitForStatus(stage, id, isChanged("asked")),
    }),
  cancelRefused: (stage: Stage) =>
    changeCode(stage, {
      name: "Vina Melati",
      faults: [{ kind: "refuse", on: "change", message: "payment code is locked" }],
      button: "cancel",
      ends: (_page, id) => waitForStatus(stage, id, isChanged("refused")),
    }),
  paidAfterCancel: async (stage: Stage) => {
    const name = "Wulan Safitri";
    const id = await changeCode(stage, {
      name,
      faults: [{ kind: "pay_after_delete" }],
      button: "cancel",
      ends: (_page, id) => waitForStatus(stage, id, is("cancelled")),
    });
    await payAtTill(stage, name);
    await waitForStatus(stage, id, (view) => view.status === "paid" && view.underReview);
    return id;
  },
  paidTwice: async (stage: Stage) => {
    const name = "Bambang Sutrisno";
    const payAgain = async (page: Page) => {
      await toCheckout(page);
      await choose(page, { channel: "alfa", name });
      await page.locator('form.checkout button[type="submit"]').click();
      await toPayment(page);
    };
    const id = await changeCode(stage, { name, channel: "indomaret", button: "other", ends: payAgain });
    await waitForStatus(stage, id, is("awaiting_payment"));
    await payAtTill(stage, name);
    await waitForStatus(stage, id, (view) => view.status === "paid" && view.underReview);
    return id;
  },
  // Another amount is paid for a code that the shopper has left.
  leftReview: async (stage: Stage) => {
    const name = "Laras Kinanti";
    const faults = [{ kind: "wrong_amount", delta: -1000 }, { kind: "status_404" }];
    const id = await changeCode(stage, {
      name,
      faults,
      channel: "indomaret",
      button: "other",
      ends: toCheckout,
    });
    await payAtTill(stage, name);
    await waitForStatus(stage, id, (view) => view.underReview);
    return id;
  },
  // The last one, because its page changes after 20 seconds. This response does not count as an outage either.
  asked: (stage: Stage) =>
    pay(stage, {
      lines: small,
      channel: "alfa",
      name: "Krisna Bayu",
      faults: [{ kind: "redirect" }],
      ends: toPayment,
    }),
};

/** A paid order, with the receipt that the till printed. */
async function createPaidOrder(stage: Stage): Promise<{ paid: string; receipt: string }> {
  const faults = [{ kind: "twice" }];
  const id = await pay(stage, {
    lines: small,
    channel: "alfa",
    name: "Fajar Nugroho",
    faults,
    ends: toPayment,
  });
  const receipt = await payAtTill(stage, "Fajar Nugroho");
  await waitForStatus(stage, id, is("paid"));
  return { paid: id, receipt: receipt.paymentId };
}

async function placeOnly(stage: Stage, lines: string): Promise<string> {
  const { orderId, close } = await placeOrder(stage, lines);
  await close();
  return orderId;
}

type Change = {
  name: string;
  channel?: string;
  faults?: Fault[];
  button: ButtonName;
  ends: Ending;
};

/** The shopper gets a code, and then presses a button of its page. */
async function changeCode(
  stage: Stage,
  { name, channel = "alfa", faults = [], button: buttonName, ends }: Change,
): Promise<string> {
  const { browser, app } = stage;
  const id = await pay(stage, { lines: small, channel, name, faults, ends: toPayment });
  await waitForStatus(stage, id, is("awaiting_payment"));
  const context = await browser.newContext({ locale: "id-ID" });
  await setCookies(context, app.url, shopper);
  const page = await context.newPage();
  await page.goto(`${app.url}/pay/${id}`);
  const button = page.locator("form button", { hasText: labels[buttonName].submit });
  await button.evaluate((element: HTMLButtonElement) => element.form?.requestSubmit(element));
  await ends(page, id);
  await context.close();
  return id;
}

type MakerName = keyof typeof makers;

/** Order ids by name, and what the pages of the simulator need. */
export type Orders = Record<
  MakerName | "paid" | "receipt" | "code" | "indodanaBill" | "howToPayPage",
  string
>;

/** Three at a time: the machine also runs a browser, a shop, a simulator and a database. */
export async function prepareOrders(stage: Stage): Promise<Orders> {
  const paid = await createPaidOrder(stage);
  const waiting = typedEntries(makers).values();
  const orders: Partial<Record<MakerName, string>> = {};
  const work = async () => {
    for (const [name, make] of waiting) {
      orders[name] = await make(stage).catch((error: unknown) => {
        throw new Error(`The order "${name}" could not be created: ${String(error)}`);
      });
    }
  };
  await Promise.all(Array.from({ length: 3 }, work));
  const { code } = await getBill(stage, "Budi Santoso");
  const { id: indodanaBill } = await getBill(stage, "Dian Pratama");
  const { howToPayPage } = await getBill(stage, "Citra Dewi");
  return { ...withAll(orders), ...paid, code, indodanaBill, howToPayPage };
}

/** `Object.entries` with the type of the keys. */
const typedEntries = <K extends string, V>(record: Record<K, V>) => Object.entries(record) as [K, V][];

/** Every maker has run: the type says so too. */
const withAll = (orders: Partial<Record<MakerName, string>>) => orders as Record<MakerName, string>;
