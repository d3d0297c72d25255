import type { EndedRoom, Message } from '../../client/wire/protocol';
import type { Translation } from '../../components/translation';
import { BYTE_ORDER_MARK, type Cell, csvLine, csvTime, localTime, seconds, withZone } from '../export/csv';

/** Excel's limit for a cell, in characters; a longer text continues in the next one. */
const MAX_CELL = 32_000;

/** The heading. `texts`: the last columns hold the messages. */
export function csvHeader({ t }: Translation, texts: boolean): string {
  return (
    BYTE_ORDER_MARK +
    csvLine([
      t('csvId'),
      withZone(t('started')),
      withZone(t('ended_at')),
      ...[
        'customer',
        'email',
        'topic',
        'csvAgents',
        'reason',
        'csvWaited',
        'csvTalked',
        'rating',
        'comment',
        'shop',
      ].map((name) => t(name)),
      ...(texts ? [withZone(t('csvTexts'))] : []),
    ])
  );
}

/** One chat. Times are local, to the second; durations are in seconds. */
export function csvRow(room: EndedRoom, { t }: Translation, texts: Message[] = []): string {
  return csvLine([
    room.id,
    csvTime(room.created),
    room.ended === undefined ? undefined : csvTime(room.ended),
    room.customer.name,
    room.email,
    room.topic,
    room.agents.map(({ name }) => name).join(', '),
    room.reason && t(room.reason),
    seconds(room.waited),
    seconds(room.talked),
    room.rating?.score,
    room.rating?.comment,
    room.site,
    ...messageCells(texts.map((it) => `${localTime(it.at)} ${it.by || t(it.from)}: ${it.text}`)),
  ]);
}

/** Splits the lines into as few cells as possible. */
function messageCells(lines: string[]): Cell[] {
  const cells: string[] = [];
  for (const next of lines) {
    const last = cells.at(-1);
    if (last !== undefined && last.length + next.length < MAX_CELL)
      cells[cells.length - 1] = `${last}\n${next}`;
    else cells.push(next);
  }
  return cells;
}
