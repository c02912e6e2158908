import { describe, expect, test } from "vitest";
import { formatBesideWib, formatDay, formatTime, toZone } from "./local-time";

const moment = "2026-11-21T10:30:00.000Z";

describe("formatTime", () => {
  test("writes a time in WIB with its zone, whatever the zone of this machine", () => {
    expect(formatTime(moment, "id")).toBe("Sabtu, 21\u00a0November\u00a02026 pukul\u00a017.30\u00a0WIB");
    expect(formatTime(moment, "en")).toBe("Saturday, 21\u00a0November\u00a02026, 17:30\u00a0WIB");
  });

  test("leaves out the year in the short form, and in English letters of the day", () => {
    expect(formatTime(moment, "id", "short")).toBe("Sabtu, 21\u00a0Nov, 17.30\u00a0WIB");
    expect(formatTime(moment, "en", "short")).toBe("Sat, 21\u00a0Nov, 17:30\u00a0WIB");
    expect(formatTime(moment, "en", "clock")).toBe("17:30\u00a0WIB");
    expect(formatTime(moment, "en", "weekday")).toBe("Sat\u00a017:30\u00a0WIB");
  });

  test("writes seconds in the exact form", () => {
    const later = "2026-11-21T10:30:05.900Z";
    expect(formatTime(later, "id", "exact")).toBe("Sabtu, 21\u00a0Nov, 17.30.05\u00a0WIB");
    expect(formatTime(later, "en", "exact")).toBe("Sat, 21\u00a0Nov, 17:30:05\u00a0WIB");
  });

  test("writes the day of the zone", () => {
    expect(formatTime("2026-12-31T18:00:00Z", "id", "short")).toBe("Jumat, 1\u00a0Jan, 01.00\u00a0WIB");
    expect(
      formatTime(
        "2026-12-31T18:00:00Z",
        "id",
        "short",
        toZone(() => "America/New_York", -300),
      ),
    ).toBe("Kamis, 31\u00a0Des, 13.00\u00a0UTC−5");
  });

  test("leaves out the day of another zone where it is that of WIB", () => {
    const wita = toZone(() => "Asia/Makassar", 480);
    expect(formatBesideWib(moment, "id", wita)).toBe("18.30\u00a0WITA");
    expect(formatBesideWib("2026-11-21T16:30:00Z", "id", wita)).toBe("Min\u00a000.30\u00a0WITA");
  });

  test.each([
    ["Asia/Makassar", 480, "WITA"],
    ["Asia/Jayapura", 540, "WIT"],
    ["Asia/Singapore", 480, "UTC+8"],
    ["Asia/Kathmandu", 345, "UTC+5.45"],
    ["America/St_Johns", -210, "UTC−3.30"],
  ])("toZone names the zone %s as people there do", (zone, offset, name) => {
    expect(toZone(() => zone, offset)).toEqual({ offset, name });
  });
});

test("formatDay writes a day without a time, and leaves other text as it is", () => {
  expect(formatDay("2026-11-05", "id")).toBe("5\u00a0November\u00a02026");
  expect(formatDay("2026-08-31", "en")).toBe("31\u00a0August\u00a02026");
  for (const text of ["", "yesterday", "2026-13-01"]) expect(formatDay(text, "id")).toBe(text);
});
