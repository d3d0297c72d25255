import type { Translation } from '../../components/translation';
import { BYTE_ORDER_MARK, type Cell, csvLine, seconds, withZone } from '../export/csv';
import { formatDuration } from '../time/duration';
import type { Series } from './chart/series';

/** The unit of a value: a number of chats or people, ms, a fraction of 1, or stars. */
export type Kind = 'count' | 'time' | 'share' | 'score';

export interface Column {
  name: string;
  kind: Kind;
  values: (number | undefined)[];
  /** How the chart draws the column; others are shown in the table and the tooltip only. */
  series?: Series;
  /** Also drawn as a bar in the table. */
  bar?: true;
}

/** The data behind a chart, its table and its CSV file. */
export interface Sheet {
  title: string;
  /** Heading of the rows' names. */
  rowHeading: string;
  /** Time zone of the rows. */
  zone?: string;
  rows: Row[];
  columns: Column[];
}

export interface Row {
  name: string;
  /** In a CSV file in place of the name: a time that programs can read. */
  id?: Cell;
}

/** The value as text; a dash for undefined. */
export function formatValue(value: number | undefined, kind: Kind, text: Translation): string {
  if (value === undefined) return '–';
  switch (kind) {
    case 'count':
      return new Intl.NumberFormat(text.lang).format(value);
    case 'time':
      return formatDuration(value, text);
    case 'share':
      return new Intl.NumberFormat(text.lang, { style: 'percent', maximumFractionDigits: 1 }).format(value);
    case 'score':
      return value.toFixed(1);
  }
}

/** The sheet as CSV. Times are in seconds; an undefined value is empty. */
export function sheetCsv({ rowHeading: of, zone, rows, columns }: Sheet, { t }: Translation): string {
  const head = columns.map(({ name, kind }) => (kind === 'time' ? t('inSeconds', { name }) : name));
  const cell = (value: number | undefined, kind: Kind) =>
    value === undefined || kind === 'count' ? value : kind === 'time' ? seconds(value) : round(value);
  return [
    BYTE_ORDER_MARK + csvLine([zone ? withZone(of, zone) : of, ...head]),
    ...rows.map(({ name, id }, i) =>
      csvLine([id ?? name, ...columns.map(({ values, kind }) => cell(values[i], kind))]),
    ),
  ].join('');
}

const round = (value: number) => Math.round(value * 1000) / 1000;
