import { validZone } from '../time/zone';

/** Excel takes a file without it for one in the system's own encoding. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A string was chosen by a person, and must stay text in a spreadsheet. `bare` is for our own values, such as a time. */
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

/** Any of these may end a cell, by the reader's locale, in which quotes may then have no meaning. */
const SEPARATOR = /[,;|\t\r\n]/;
const SPECIAL = /[",;|\t\r\n]/;
/** A formula may begin with these (OWASP, CSV injection), in East Asia also in other widths. */
const FORMULA_START = /[=+\-@\t\r＝＋－＠﹦﹢﹣﹫−]/;
/** A formula may follow these. */
const IGNORED_BEFORE_FORMULA = /["\s\p{Z}\p{C}\p{DI}\u2800]/u;
/** A spreadsheet would drop its zeros, round it, or take it for a date. */
const NUMBER = /^(?=.*\p{Nd})[\p{Nd}\p{Sc}\s.,:/%()'eE+-]+([ap]m)?$/iu;

/** An apostrophe keeps it text: before a number, and wherever a cell might begin with a formula. */
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

/** Local time without an offset, with which a spreadsheet would take it for text. */
export function localTime(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

export const csvTime = (ms: number): Cell => ({ verbatim: localTime(ms) });

/** The heading of a column of times, which names their zone. */
export const withZone = (name: string, zone = validZone()) => `${name} (${zone})`;
