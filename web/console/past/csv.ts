import type { EndedRoom } from '../../shared/protocol';
import type { Text } from '../../ui/text';
import { line, MARK, seconds, when } from '../csv';

export const head = ({ t }: Text): string =>
  MARK +
  line(
    ['csvId', 'started', 'ended_at', 'customer', 'topic', 'csvAgents', 'reason', 'csvWaited', 'csvTalked']
      .map((name) => t(name))
      .concat(t('rating'), t('comment'), t('shop')),
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
    room.site,
  ]);
}
