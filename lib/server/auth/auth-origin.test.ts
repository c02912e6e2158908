import { describe, expect, test, vi } from "vitest";
import type { Log } from "../log";
import { isAction, isSameOrigin, isRequestedByPerson, warnOfOtherAddress } from "./auth-origin";

const app = "https://toko.example";
const sent = (headers: Record<string, string>) => isSameOrigin(new Headers(headers), app);

describe("isSameOrigin", () => {
  test.each([
    { origin: "https://toko.example", host: "toko.example" },
    { origin: "https://toko.example", host: "127.0.0.1:3000" },
    { origin: "http://127.0.0.1:3101", host: "127.0.0.1:3101" },
    { origin: "https://toko.example", host: "toko.example", "sec-fetch-site": "same-origin" },
  ])("accepts a form with %j", (headers) => expect(sent(headers)).toBe(true));

  test.each([
    { host: "toko.example" },
    { origin: "null", host: "toko.example" },
    { origin: "", host: "toko.example" },
    { origin: "nonsense", host: "nonsense" },
    { origin: "https://evil.example", host: "toko.example" },
    { origin: "https://toko.example.evil.example", host: "toko.example" },
    { origin: "http://toko.example", host: "other.example" },
    { origin: "https://toko.example:8443", host: "toko.example" },
    { origin: "https://evil.example", host: "toko.example", "x-forwarded-host": "evil.example" },
    { origin: "https://toko.example", host: "toko.example", "sec-fetch-site": "cross-site" },
    { origin: "https://toko.example", host: "toko.example", "sec-fetch-site": "same-site" },
    { origin: "null", host: "null" },
  ])("refuses a form with %j", (headers: Record<string, string>) => expect(sent(headers)).toBe(false));
});

test("tells actions from pages, and requests of a person from those that a page makes by itself", () => {
  const kinds = (headers: Record<string, string>) =>
    [isAction, isRequestedByPerson].map((is) => is(new Headers(headers)));
  expect(kinds({ accept: "text/html,application/xhtml+xml" })).toEqual([false, true]);
  expect(kinds({ accept: "text/x-component", "next-action": "a" })).toEqual([true, true]);
  expect(kinds({ accept: "text/html", "content-type": "multipart/form-data; boundary=x" })).toEqual([
    true,
    true,
  ]);
  expect(kinds({ accept: "*/*" })).toEqual([false, false]);
  expect(kinds({ accept: "text/event-stream" })).toEqual([false, false]);
});

test("warnOfOtherAddress names an address other than APP_URL in the log, once", () => {
  const log = vi.fn<Log>();
  const form = (origin: string, site = "same-origin") =>
    new Headers({ origin, host: "127.0.0.1:3000", "next-action": "a", "sec-fetch-site": site });
  warnOfOtherAddress(form(app), app, log);
  warnOfOtherAddress(form("https://evil.example", "cross-site"), app, log);
  expect(log).not.toHaveBeenCalled();
  warnOfOtherAddress(form("https://www.toko.example"), app, log);
  warnOfOtherAddress(form("https://www.toko.example"), app, log);
  expect(log).toHaveBeenCalledTimes(1);
  expect(log.mock.calls[0]?.[2]).toMatchObject({ app_url: app, origin: "https://www.toko.example" });
});
