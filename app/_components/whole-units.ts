/** Minutes as a whole number of the largest unit that holds them. */
export function toWholeUnits(minutes: number): ["days" | "hours" | "minutes", number] {
  if (minutes % 1440 === 0) return ["days", minutes / 1440];
  return minutes % 60 === 0 ? ["hours", minutes / 60] : ["minutes", minutes];
}
