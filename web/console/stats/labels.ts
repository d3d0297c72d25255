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

/** The hour, day or month in words. */
export const bucketName = ({ from }: Span, unit: Unit, lang: Lang) => longFormats[unit][lang].format(from);

/** The same in few letters, for an axis; the hour at which a day begins is that day. */
export function axisLabel({ from }: Span, unit: Unit, lang: Lang): string {
  const midnight = unit === 'hour' && new Date(from).getHours() === 0;
  return shortFormats[midnight ? 'day' : unit][lang].format(from);
}

/** For a file: a day as YYYY-MM-DD, an hour with it. */
export const bucketCsvCell = ({ from }: Span, unit: Unit): Cell =>
  unit === 'hour' ? csvTime(from) : { verbatim: dayOf(new Date(from)) };

/** From one day to another, both included, as Nov 1 – 30, 2026. */
export const periodName = ({ from, to }: Days, lang: Lang) =>
  dates[lang].formatRange(midnight(from), midnight(to));

/** Days of the week from 0, which is Monday. */
export const weekdayName = (day: number, lang: Lang) => weekdays[lang].format(new Date(2024, 0, 1 + day));

export const hourName = (hour: number, lang: Lang) =>
  shortFormats.hour[lang].format(new Date(2024, 0, 1, hour));
