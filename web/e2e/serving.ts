import type { Serving } from '../client/wire/protocol';
import type { Network } from './network';

/** From now on the answers to joins without an agent say this, whatever the hours of the stack's shop are. */
export function tellHours(
  network: Network,
  hours: Serving,
  also: (frame: string) => string = (it) => it,
): void {
  network.rewritesIncoming = (text) => {
    const frame = JSON.parse(text);
    const answers =
      frame.type === 'room' && `${frame.re}`.startsWith('join') && frame.room?.status !== 'active';
    return also(answers ? JSON.stringify({ ...frame, hours }) : text);
  };
}
