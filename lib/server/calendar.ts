import "server-only";
import ICAL from "ical.js";
import type { Reminder } from "@/lib/payment/reminder";

/** A reminder as a calendar file (RFC 5545) with one event and its alarm. */
export function toCalendar({ id, end, createdAt, alarmMinutes, title, text, url }: Reminder): string {
  const calendar = new ICAL.Component("vcalendar");
  calendar.updatePropertyWithValue("version", "2.0");
  calendar.updatePropertyWithValue("prodid", "-//Kode Bayar//Kode Bayar//ID");
  const event = new ICAL.Component("vevent");
  event.updatePropertyWithValue("uid", id);
  event.updatePropertyWithValue("dtstamp", toUtc(createdAt));
  event.updatePropertyWithValue("dtstart", toUtc(end));
  event.updatePropertyWithValue("dtend", toUtc(end));
  event.updatePropertyWithValue("summary", title);
  event.updatePropertyWithValue("description", text);
  event.updatePropertyWithValue("url", url);
  // It does not make the person look busy.
  event.updatePropertyWithValue("transp", "TRANSPARENT");
  const alarm = new ICAL.Component("valarm");
  alarm.updatePropertyWithValue("action", "DISPLAY");
  alarm.updatePropertyWithValue("trigger", ICAL.Duration.fromSeconds(-alarmMinutes * 60));
  alarm.updatePropertyWithValue("description", title);
  event.addSubcomponent(alarm);
  calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}

const toUtc = (date: Date): InstanceType<typeof ICAL.Time> => ICAL.Time.fromJSDate(date, true);
