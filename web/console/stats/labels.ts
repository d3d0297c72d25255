import type { Lang } from '../../components/translation';
import { type Cell, csvTime } from '../export/csv';
import { dayOf, midnight } from '../time/days';
import type { Days, Span, Unit } from './range';

const langs = ['en', 'ko'] as const;

function formats(options: Intl.DateTimeFormatOptions): Record<Lang, Intl.DateTimeFormat> {
  const [en, ko] = langs.map((lang) => new Intl.DateTimeFormat(lang, options));
  return { en, ko } as Record<Lang, Intl.DateTimeFormat>;
}

const longFormats = {
  hour: formats({ month: 'short', day: 'numeric', hour: 'numeric' }),
  day: formats({ weekday: 'short', month: 'short', day: 'numeric' }),
  month: formats({ year: 'numeric', month: 'long' }),
};

const shortFormats = {
  hour: formats({ hour: 'numeric' }),
  day: formats({ month: 'short', day: 'numeric' }),
  month: formats({ year: '2-digit', month: 'short' }),
};

const dates = formats({ year: 'numeric', month: 'short', day: 'numeric' });
const weekdays = formats({ weekday: 'short' });

/** A bucket's name in words. */
export const bucketName = ({ from }: Span, unit: Unit, lang: Lang) => longFormats[unit][lang].format(from);

/** A short name for an axis. The first hour of a day is named by the day. */
export function axisLabel({ from }: Span, unit: Unit, lang: Lang): string {
  const midnight = unit === 'hour' && new Date(from).getHours() === 0;
  return shortFormats[midnight ? 'day' : unit][lang].format(from);
}

/** For a CSV file: the day as YYYY-MM-DD, or day and hour. */
export const bucketCsvCell = ({ from }: Span, unit: Unit): Cell =>
  unit === 'hour' ? csvTime(from) : { verbatim: dayOf(new Date(from)) };

/** A period, as Nov 1 – 30, 2026. */
export const periodName = ({ from, to }: Days, lang: Lang) =>
  dates[lang].formatRange(midnight(from), midnight(to));

/** 0 is Monday. */
export const weekdayName = (day: number, lang: Lang) => weekdays[lang].format(new Date(2024, 0, 1 + day));

export const hourName = (hour: number, lang: Lang) =>
  shortFormats.hour[lang].format(new Date(2024, 0, 1, hour));
