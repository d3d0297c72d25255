import type { Lang } from './translation';

const times = {
  en: new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' }),
  ko: new Intl.DateTimeFormat('ko', { hour: 'numeric', minute: '2-digit' }),
};

const days = {
  en: new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric' }),
  ko: new Intl.DateTimeFormat('ko', { weekday: 'long', month: 'long', day: 'numeric' }),
};

const dates = {
  en: new Intl.DateTimeFormat('en', { year: 'numeric', month: 'short', day: 'numeric' }),
  ko: new Intl.DateTimeFormat('ko', { year: 'numeric', month: 'long', day: 'numeric' }),
};

/** A time that Date accepts; any other becomes the epoch. */
const validTime = (at: number) => (Math.abs(at) <= 8.64e15 ? at : 0);

/** For the `datetime` of a `<time>`. */
export const isoTime = (at: number) => new Date(validTime(at)).toISOString();

/** Time of day, as 2:05 PM or 오후 2:05. */
export const timeOfDay = (lang: Lang, at: number) => times[lang].format(validTime(at));

/** Day with its weekday, as Tuesday, November 24. */
export const dayWithWeekday = (lang: Lang, at: number) => days[lang].format(validTime(at));

/** Day with its year, as Nov 24, 2026. */
export const dateWithYear = (lang: Lang, at: number) => dates[lang].format(validTime(at));
