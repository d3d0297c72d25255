import type { Translation } from '../../components/translation';
import { BYTE_ORDER_MARK, type Cell, csvLine, seconds, withZone } from '../export/csv';
import { formatDuration } from '../time/duration';
import type { Series } from './chart/series';

/** What a value is: chats or people, ms, a part of 1, or stars. */
export type Kind = 'count' | 'time' | 'share' | 'score';

export interface Column {
  name: string;
  kind: Kind;
  values: (number | undefined)[];
  /** How the chart draws it; the rest is told by its table and at its points. */
  series?: Series;
  /** The table shows it as a bar too. */
  bar?: true;
}

/** What a chart draws, its table shows and its file holds: one thing, so that they agree. */
export interface Sheet {
  title: string;
  /** What the rows are, as the heading of their names. */
  rowHeading: string;
  /** Whose days or hours they are. */
  zone?: string;
  rows: Row[];
  columns: Column[];
}

export interface Row {
  name: string;
  /** In a file, where it is another: a time that any program reads. */
  id?: Cell;
}

/** As it is read; a dash where there is none. */
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

/** Times in seconds, as the heading says; empty where there is no value. */
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
