import type { AgentSession } from '../../client/agent/state';
import { MAX_PAGE } from '../../client/wire/limits';
import type { EndedRoom, Message } from '../../client/wire/protocol';
import { RequestFailed } from './pages';

/** All texts of an ended chat, oldest first. Throws RequestFailed. */
export async function allTexts(ask: AgentSession['request'], room: EndedRoom): Promise<Message[]> {
  const messages: Message[] = [];
  let before: string | undefined = room.before;
  while (before) {
    const answer = await ask({ action: 'history', room: room.id, before, limit: MAX_PAGE });
    if (answer?.type !== 'history')
      throw new RequestFailed(answer?.type === 'error' ? answer.code : 'unavailable');
    const own = answer.messages.filter((it) => it.room === room.id);
    messages.unshift(...own);
    // Earlier texts belong to another chat.
    before = own.length === answer.messages.length ? answer.before : undefined;
  }
  return messages.filter(({ from }) => from !== 'system');
}
