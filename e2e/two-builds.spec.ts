import type { Page, Response } from "@playwright/test";
import { servedBy } from "../test/harness/balancer";
import { desktop, signIn } from "./dashboard";
import { expect } from "./fixtures";
import { getCode } from "./shopping";
import { testSameSources as test } from "./two-builds";

type Seen = {
  kind: "document" | "script" | "action" | "other";
  url: string;
  status: number;
  machine: string;
};

/** What a page was answered from now on. */
function watchResponses(page: Page): Seen[] {
  const seen: Seen[] = [];
  page.on("response", (response) =>
    seen.push({
      kind: toKind(response),
      url: response.url(),
      status: response.status(),
      machine: response.headers()[servedBy] ?? "",
    }),
  );
  return seen;
}

function toKind(response: Response): Seen["kind"] {
  const request = response.request();
  if (request.headers()["next-action"] !== undefined) return "action";
  const type = request.resourceType();
  return type === "document" || type === "script" ? type : "other";
}

const listMachines = (seen: readonly Seen[], kind: Seen["kind"]) =>
  new Set(seen.filter((one) => one.kind === kind).map(({ machine }) => machine));

test("eight shoppers get a code from two machines that each built the same sources", async ({
  machines,
  openPage,
  shopper,
}) => {
  // Eight visits, one after the other on a busy machine.
  test.slow();
  const visits: Seen[][] = [];
  const shop = async () => {
    const page = await openPage();
    const seen = watchResponses(page);
    visits.push(seen);
    const { code } = await getCode(page, shopper);
    expect(code).toMatch(/^\d+$/);
    await page.close();
    return code;
  };
  const codes: string[] = [];
  // A few at a time, which is what a small machine draws in time.
  for (let round = 0; round < 4; round++) codes.push(...(await Promise.all([shop(), shop()])));
  expect(new Set(codes).size).toBe(8);
  expect(visits.flat().filter(({ status }) => status >= 400)).toEqual([]);
  for (const seen of visits) {
    const documents = seen.filter(({ kind }) => kind === "document").map(({ url }) => url);
    expect(documents, "no page was loaded again").toEqual([`${machines.shops.shop}/`]);
  }
  expect(listMachines(visits.flat(), "script")).toEqual(new Set(["0", "1"]));
  // Otherwise no action was asked of the machine that had not sent the page.
  const mixed = visits.filter((seen) => {
    const [document] = listMachines(seen, "document");
    return [...listMachines(seen, "action")].some((machine) => machine !== document);
  });
  expect(mixed.length).toBeGreaterThan(0);
});

test("machines that each built the same sources are told as one build", async ({ machines, openPage }) => {
  expect(machines.second.buildId).toBe(machines.first.buildId);
  await machines.backdateStarts(20);
  const office = await openPage(desktop);
  await signIn(office);
  await expect(office.getByText("versi program bekerja pada database ini")).toHaveCount(0);
  for (const { output } of [machines.first, machines.second]) expect(output()).not.toContain("another_build");
});
