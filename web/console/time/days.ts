const DAY_MS = 86_400_000;

/** A day in the reader's time zone, as YYYY-MM-DD. */
export function dayOf(at: Date): string {
  const pad = (n: number) => `${n}`.padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** While a year is typed, browsers report 0002 on the way to 2026; such years are refused. */
export const isDay = (text: string) => /^[1-9]\d{3}-\d\d-\d\d$/.test(text);

/** The local midnight at which the day, or the day `days` later, begins, ms since the epoch; a day may have 23 or 25 hours. */
export function midnight(day: string, days = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + days).getTime();
}

/** The day `days` later; earlier if negative. */
export const addDays = (day: string, days: number) => dayOf(new Date(midnight(day, days)));

/** The number of days from the first to the last, both included. */
export const dayCount = (first: string, last: string) =>
  Math.round((midnight(last) - midnight(first)) / DAY_MS) + 1;
