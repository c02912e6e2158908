/** What a calendar holds until a code's time is up. */
export type Reminder = {
  /** The same for the same code, so that a second file replaces the first. */
  id: string;
  /** When the time is up. */
  end: Date;
  createdAt: Date;
  /** How long before the end the alarm rings, in minutes. */
  alarmMinutes: number;
  title: string;
  text: string;
  /** The payment page. */
  url: string;
};

/** Times before the end that an alarm is worth: enough to reach a shop, and late enough to be of use. */
const alarms = [24 * 60, 3 * 60, 60, 30, 15, 5];

/**
 * The alarm's time before the end, in minutes: at most a third of the time that is left, so that it does not ring at once.
 * @param minutesLeft until the end
 */
export const chooseAlarm = (minutesLeft: number): number =>
  alarms.find((minutes) => minutes <= minutesLeft / 3) ?? 1;
