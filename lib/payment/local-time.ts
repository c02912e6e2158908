/** The languages of the pages. */
export type Locale = "id" | "en";

/** Short enough beside a date; abbreviations of them are not read at once. */
const indonesianDays = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"] as const;

const englishWeekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

const names = {
  id: {
    days: indonesianDays,
    shortDays: indonesianDays,
    weekdays: ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
    months: [
      ["Januari", "Februari", "Maret", "April", "Mei", "Juni"],
      ["Juli", "Agustus", "September", "Oktober", "November", "Desember"],
    ].flat(),
    at: " pukul\u00a0",
    clock: ".",
  },
  en: {
    days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    // A day's whole name would push the countdown beside it into a second line on a phone.
    shortDays: englishWeekdays,
    weekdays: englishWeekdays,
    months: [
      ["January", "February", "March", "April", "May", "June"],
      ["July", "August", "September", "October", "November", "December"],
    ].flat(),
    at: ", ",
    clock: ":",
  },
} as const;

/** `offset` in minutes east of UTC; `name` as people there call their time. */
export type Zone = { offset: number; name: string };

/** The time of DOKU and the shops; without summer time, so the offset is constant. */
export const wib: Zone = { offset: 7 * 60, name: "WIB" };

/** By distance from UTC in minutes, which others have too. */
const indonesianZones: Record<number, { name: string; zones: readonly string[] }> = {
  420: { name: "WIB", zones: ["Asia/Jakarta", "Asia/Pontianak"] },
  480: { name: "WITA", zones: ["Asia/Makassar", "Asia/Ujung_Pandang"] },
  540: { name: "WIT", zones: ["Asia/Jayapura"] },
};

/**
 * Names WIB, WITA and WIT as Indonesians do, and every other zone by its distance from UTC.
 * @param getTimeZone the IANA name; asked for only where it matters: to find it took 30 ms of a fast processor
 */
export function toZone(getTimeZone: () => string, offset: number): Zone {
  const indonesian = indonesianZones[offset];
  if (indonesian?.zones.includes(getTimeZone())) return { offset, name: indonesian.name };
  const minutes = Math.abs(offset) % 60;
  const away = `UTC${offset < 0 ? "−" : "+"}${Math.floor(Math.abs(offset) / 60)}`;
  return { offset, name: minutes ? `${away}.${minutes}` : away };
}

export type Form = "long" | "short" | "exact" | "weekday" | "clock";

/**
 * `Sabtu, 21 November 2026 pukul 17.30 WIB`; short: `Sabtu, 21 Nov, 17.30 WIB`, in English `Sat, 21 Nov, 17:30 WIB`;
 * exact: `Sabtu, 21 Nov, 17.30.05 WIB`; weekday: `Sab 17.30 WIB`; clock: `17.30 WIB`. Lines break only between day, date and time.
 */
export function formatTime(iso: string, locale: Locale, form: Form = "long", zone: Zone = wib): string {
  const date = toLocal(iso, zone);
  const isShort = form === "short" || form === "exact";
  const { days, shortDays, weekdays, months, at, clock } = names[locale];
  const two = (part: number) => String(part).padStart(2, "0");
  const seconds = form === "exact" ? [date.getUTCSeconds()] : [];
  const parts = [date.getUTCHours(), date.getUTCMinutes(), ...seconds];
  const time = `${parts.map(two).join(clock)}\u00a0${zone.name}`;
  if (form === "clock") return time;
  if (form === "weekday") return `${weekdays[date.getUTCDay()]}\u00a0${time}`;
  const month = months[date.getUTCMonth()] ?? "";
  const day = `${(isShort ? shortDays : days)[date.getUTCDay()]}, ${date.getUTCDate()}\u00a0`;
  if (isShort) return `${day}${month.slice(0, 3)}, ${time}`;
  return `${day}${month}\u00a0${date.getUTCFullYear()}${at}${time}`;
}

/** For a line beside the date and time in WIB: `18.30 WITA`, and `Min 00.30 WITA` where the day is another one. */
export function formatBesideWib(iso: string, locale: Locale, zone: Zone): string {
  const toDay = (place: Zone) => toLocal(iso, place).toISOString().slice(0, 10);
  return formatTime(iso, locale, toDay(zone) === toDay(wib) ? "clock" : "weekday", zone);
}

/** @returns a date whose UTC parts are those of the zone */
const toLocal = (iso: string, { offset }: Zone): Date => new Date(new Date(iso).getTime() + offset * 60_000);

/** The last minute before an end: a day ends at 23.59, not at 00.00 of the next. */
export const formatEnd = (end: Date, locale: Locale, form: Form = "long"): string =>
  formatTime(new Date(end.getTime() - 1).toISOString(), locale, form);

/** `21 November 2026`. @param date a day as YYYY-MM-DD; other text is returned as it is */
export function formatDay(date: string, locale: Locale): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  const name = names[locale].months[Number(month) - 1];
  return name === undefined ? date : `${Number(day)}\u00a0${name}\u00a0${year}`;
}
