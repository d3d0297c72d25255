import { MAX_PAGE } from '../../client/wire/limits';
import type { EndedRoom, Message } from '../../client/wire/protocol';
import { errorCode, type Request, RequestFailed } from '../request';

/** All texts of an ended chat, oldest first. Throws RequestFailed. */
export async function allTexts(ask: Request, room: EndedRoom): Promise<Message[]> {
  const messages: Message[] = [];
  let before: string | undefined = room.before;
  while (before) {
    const answer = await ask({ action: 'history', room: room.id, before, limit: MAX_PAGE });
    if (answer?.type !== 'history') throw new RequestFailed(errorCode(answer));
    const own = answer.messages.filter((it) => it.room === room.id);
    messages.unshift(...own);
    // Earlier texts belong to another chat.
    before = own.length === answer.messages.length ? answer.before : undefined;
  }
  return messages.filter(({ from }) => from !== 'system');
}
