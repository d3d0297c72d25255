import { zoneOf } from './zone';

/** Excel takes a file without it for one in the system's own encoding. */
export const MARK = '\uFEFF';

/** Words that a person chose are text, whatever a spreadsheet would make of them; what is bare is ours, as a day or a time. */
export type Cell = string | number | { bare: string } | undefined;

export function line(cells: Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

/** RFC 4180. */
function written(cell: Cell): string {
  const text =
    typeof cell === 'string' ? plain(cell) : `${typeof cell === 'object' ? cell.bare : (cell ?? '')}`;
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What ends a cell or a row somewhere: which of them does is up to the reader's locale, and where another one does, quotes are letters. */
const SEPARATOR = /[,;|\t\r\n]/;
const SPECIAL = /[",;|\t\r\n]/;
/** A formula may begin with these (OWASP, CSV injection), and with those of other widths, which are the same in East Asia. */
const SIGN = /[=+\-@\t\r＝＋－＠﹦﹢﹣﹫−]/;
/** What stands before a formula without keeping it from being one. */
const BLANK = /["\s\p{Z}\p{C}\p{DI}\u2800]/u;
/** A spreadsheet would drop zeros of it, round it, or make a day of it. */
const NUMBER = /^(?=.*\p{Nd})[\p{Nd}\p{Sc}\s.,:/%()'eE+-]+([ap]m)?$/iu;

/** An apostrophe keeps it text: before a number, and wherever a cell might begin with a formula. */
function plain(text: string): string {
  if (NUMBER.test(text.normalize('NFKC'))) return `'${text}`;
  let [made, blank, begins] = ['', '', true];
  for (const char of text) {
    if (begins && BLANK.test(char) && !SEPARATOR.test(char)) {
      blank += char;
      continue;
    }
    made += (begins && SIGN.test(char) ? "'" : '') + blank + char;
    blank = '';
    begins = SEPARATOR.test(char);
  }
  return made + blank;
}

export const seconds = (ms: number) => Math.round(ms / 1000);

/** By the reader's clock, without an offset: with one, a spreadsheet takes it for text. */
export function clock(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

export const when = (ms: number): Cell => ({ bare: clock(ms) });

/** The heading of such times. */
export const inZone = (name: string, zone = zoneOf()) => `${name} (${zone})`;
