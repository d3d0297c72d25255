const DAY_MS = 86_400_000;

/** A day in the reader's time zone, as YYYY-MM-DD. */
export function dayOf(at: Date): string {
  const pad = (n: number) => `${n}`.padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** A browser tells of a year digit by digit: 2026 is 0002 at first, which nobody means. */
export const isDay = (text: string) => /^[1-9]\d{3}-\d\d-\d\d$/.test(text);

/** Midnight at which the day begins here, or one that is `later` days after it: a day may have 23 or 25 hours. */
export function midnight(day: string, days = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + days).getTime();
}

/** The day that is so many days later, or earlier. */
export const addDays = (day: string, later: number) => dayOf(new Date(midnight(day, later)));

/** How many days there are from the first to the last, both of them counted. */
export const dayCount = (first: string, last: string) =>
  Math.round((midnight(last) - midnight(first)) / DAY_MS) + 1;
