/** Excel takes a file without it for one in the system's own encoding. */
export const MARK = '\uFEFF';

export type Cell = string | number | undefined;

export function line(cells: Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** RFC 4180; and what a spreadsheet would run as a formula is told to be text. */
function cell(value: Cell): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value ?? ''}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const seconds = (ms: number) => Math.round(ms / 1000);

/** ISO 8601 in the reader's time zone. */
export function when(ms: number): string {
  const at = new Date(ms);
  const offset = -at.getTimezoneOffset();
  const pad = (n: number) => `${Math.floor(Math.abs(n))}`.padStart(2, '0');
  const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? '-' : '+'}${pad(offset / 60)}:${pad(offset % 60)}`;
}
