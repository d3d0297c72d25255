import type { EndedRoom } from '../../shared/protocol';
import type { Text } from '../../ui/text';

/** Excel takes a file without it for one in the system's own encoding. */
const MARK = '\uFEFF';

type Cell = string | number | undefined;

export const head = ({ t }: Text): string =>
  MARK +
  line(
    ['csvId', 'started', 'ended_at', 'customer', 'topic', 'csvAgents', 'reason', 'csvWaited', 'csvTalked']
      .map((name) => t(name))
      .concat(t('rating'), t('comment')),
  );

/** Times to the second, with their offset; spans in seconds. */
export function row(room: EndedRoom, { t }: Text): string {
  return line([
    room.id,
    when(room.created),
    room.ended === undefined ? undefined : when(room.ended),
    room.customer.name,
    room.topic,
    room.agents.map(({ name }) => name).join(', '),
    room.reason && t(room.reason),
    seconds(room.waited),
    seconds(room.talked),
    room.rating?.score,
    room.rating?.comment,
  ]);
}

const seconds = (ms: number) => Math.round(ms / 1000);

/** ISO 8601 in the reader's time zone. */
export function when(ms: number): string {
  const at = new Date(ms);
  const offset = -at.getTimezoneOffset();
  const pad = (n: number) => `${Math.floor(Math.abs(n))}`.padStart(2, '0');
  const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? '-' : '+'}${pad(offset / 60)}:${pad(offset % 60)}`;
}

function line(cells: Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** RFC 4180; and what a spreadsheet would run as a formula is told to be text. */
function cell(value: Cell): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value ?? ''}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
