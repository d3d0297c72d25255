/** Rows that a list or table draws at most. More are slow, and nobody reads them. */
export const MAX_ROWS = 200;

export interface Page<T> {
  rows: readonly T[];
  /** Index of the first row among all. */
  from: number;
  /** Which page it is, from 0. */
  page: number;
  /** How many pages there are: at least one. */
  of: number;
}

/** The wanted page, or the last one if there are fewer. */
export function pageOf<T>(items: readonly T[], wanted: number, size = MAX_ROWS): Page<T> {
  const of = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(wanted, of - 1);
  const from = page * size;
  return { rows: items.slice(from, from + size), from, page, of };
}
