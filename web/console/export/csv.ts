import { validZone } from '../time/zone';

/** Without it Excel reads a file in the system's encoding. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A string is user input, and must stay text in a spreadsheet. `verbatim` is for values of our own, such as a time. */
export type Cell = string | number | { verbatim: string } | undefined;

export function csvLine(cells: Cell[]): string {
  return `${cells.map(encode).join(',')}\r\n`;
}

/** RFC 4180. */
function encode(cell: Cell): string {
  const text =
    typeof cell === 'string'
      ? keepAsText(cell)
      : `${typeof cell === 'object' ? cell.verbatim : (cell ?? '')}`;
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Any of these may end a cell, depending on the reader's locale. */
const SEPARATOR = /[,;|\t\r\n]/;
const SPECIAL = /[",;|\t\r\n]/;
/** Characters that begin a formula (OWASP, CSV injection), in all widths. */
const FORMULA_START = /[=+\-@\t\r＝＋－＠﹦﹢﹣﹫−]/;
/** Characters that may come before a formula. */
const IGNORED_BEFORE_FORMULA = /["\s\p{Z}\p{C}\p{DI}\u2800]/u;
/** Text that a spreadsheet would read as a number or a date. */
const NUMBER = /^(?=.*\p{Nd})[\p{Nd}\p{Sc}\s.,:/%()'eE+-]+([ap]m)?$/iu;

/** Adds an apostrophe before a number and before each possible formula, which keeps them text. */
function keepAsText(text: string): string {
  if (NUMBER.test(text.normalize('NFKC'))) return `'${text}`;
  let [made, blank, begins] = ['', '', true];
  for (const char of text) {
    if (begins && IGNORED_BEFORE_FORMULA.test(char) && !SEPARATOR.test(char)) {
      blank += char;
      continue;
    }
    made += (begins && FORMULA_START.test(char) ? "'" : '') + blank + char;
    blank = '';
    begins = SEPARATOR.test(char);
  }
  return made + blank;
}

export const seconds = (ms: number) => Math.round(ms / 1000);

/** Local time without an offset: spreadsheets read a time with one as text. */
export function localTime(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

export const csvTime = (ms: number): Cell => ({ verbatim: localTime(ms) });

/** The heading of a column of times, with their zone. */
export const withZone = (name: string, zone = validZone()) => `${name} (${zone})`;
