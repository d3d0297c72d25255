import type { EndedRoom, Message } from '../../client/wire/protocol';
import type { Translation } from '../../components/translation';
import { type Cell, clock, inZone, line, MARK, seconds, when } from '../export/csv';

/** Excel's limit for a cell; a longer text continues in the next one. */
const CELL = 32_000;

/** `texts` adds the messages in the last columns. */
export function head({ t }: Translation, texts: boolean): string {
  return (
    MARK +
    line([
      t('csvId'),
      inZone(t('started')),
      inZone(t('ended_at')),
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
      ...(texts ? [inZone(t('csvTexts'))] : []),
    ])
  );
}

/** Times to the second, by the reader's clock; spans in seconds. */
export function row(room: EndedRoom, { t }: Translation, texts: Message[] = []): string {
  return line([
    room.id,
    when(room.created),
    room.ended === undefined ? undefined : when(room.ended),
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
    ...said(texts.map((it) => `${clock(it.at)} ${it.by || t(it.from)}: ${it.text}`)),
  ]);
}

/** Divides the lines among as few cells as possible. */
function said(lines: string[]): Cell[] {
  const cells: string[] = [];
  for (const next of lines) {
    const last = cells.at(-1);
    if (last !== undefined && last.length + next.length < CELL) cells[cells.length - 1] = `${last}\n${next}`;
    else cells.push(next);
  }
  return cells;
}
