import ICAL from "ical.js";
import { expect, test } from "vitest";
import { toCalendar } from "./calendar";

const reminder = {
  id: "order-6059@shop.example",
  end: new Date("2026-11-28T10:30:00Z"),
  createdAt: new Date("2026-11-28T09:30:00Z"),
  alarmMinutes: 15,
  title: "Bayar Rp92.000, untuk Toko; Senja",
  text: "Kode bayar: 6059 0000 0000 0205\nPaling lambat Sabtu, 28 November 2026 pukul 17.30 WIB.",
  url: "https://shop.example/pay/x",
};

test("a calendar reads back what the reminder says, commas, semicolons and lines included", () => {
  const event = new ICAL.Component(ICAL.parse(toCalendar(reminder))).getFirstSubcomponent("vevent");
  const read = new ICAL.Event(event ?? undefined);
  expect(read.summary).toBe(reminder.title);
  expect(read.description).toBe(reminder.text);
  expect(read.startDate.toJSDate()).toEqual(reminder.end);
  expect(String(event?.getFirstSubcomponent("valarm")?.getFirstPropertyValue("trigger"))).toBe("-PT15M");
});

test("its lines are at most 75 bytes long and end as the standard says", () => {
  const lines = toCalendar(reminder).split("\r\n");
  expect(lines.at(0)).toBe("BEGIN:VCALENDAR");
  expect(lines.at(-2)).toBe("END:VCALENDAR");
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(lines.join("")).not.toContain("\n");
});
