import type { AgentSession } from '../../shared/agent';
import { MAX_PAGE } from '../../shared/limits';
import type { EndedRoom, Message } from '../../shared/protocol';
import { Failed } from './pages';

/** All that was written in an ended chat, in its order. */
export async function textsOf(ask: AgentSession['request'], room: EndedRoom): Promise<Message[]> {
  const messages: Message[] = [];
  let before: string | undefined = room.before;
  while (before) {
    const answer = await ask({ action: 'history', room: room.id, before, limit: MAX_PAGE });
    if (answer?.type !== 'history') throw new Failed(answer?.type === 'error' ? answer.code : 'unavailable');
    const own = answer.messages.filter((it) => it.room === room.id);
    messages.unshift(...own);
    // What comes before the chat is another one's.
    before = own.length === answer.messages.length ? answer.before : undefined;
  }
  return messages.filter(({ from }) => from !== 'system');
}
