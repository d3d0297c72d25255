import { useEffect, useState } from 'preact/hooks';
import type { CustomerSession } from '../shared/customer';
import { LineNotice } from '../ui/LineNotice';
import { Thread } from '../ui/Thread';
import { useText } from '../ui/text';
import { useStore, useWhileSeen } from '../ui/use';
import { CHAT_OPEN } from './embed';
import { Foot } from './Foot';
import { Head } from './Head';
import { Start } from './Start';

interface Props {
  session: CustomerSession;
  open: boolean;
  button: HTMLButtonElement;
  toggle(): void;
}

/** The conversation in each of its states: none yet, waiting, talking, ended. */
export function Chat({ session, open, button, toggle }: Props) {
  const { t } = useText();
  const state = useStore(session);
  const { room, line, unread, items } = state;
  const [anew, setAnew] = useState(false);
  const going = !!room && room.status !== 'ended';
  // A text on its way opens a room by itself.
  const empty = (room === null && items.length === 0) || anew;

  useWhileSeen(open && unread > 0, () => session.seen());
  // Earlier chats, or that there are none.
  useEffect(() => {
    if (open && room) session.older();
  }, [open, !room, session]);
  // A new room, from whichever tab, is what was wished for.
  useEffect(() => setAnew(false), [room?.id]);

  useEffect(() => {
    button.ariaLabel = unread ? t('unread', { n: unread }) : t('open');
    if (unread && !open) button.dataset.unread = unread > 99 ? '99+' : String(unread);
    else delete button.dataset.unread;
  }, [button, unread, open, t]);

  useEffect(() => {
    if (room === undefined) return;
    try {
      if (going) localStorage.setItem(CHAT_OPEN, '1');
      else localStorage.removeItem(CHAT_OPEN);
    } catch {
      // Storage is denied: the next page connects when the chat is opened.
    }
  }, [room, going]);

  return (
    <>
      <Head room={room} going={going} line={line} minimise={toggle} end={() => session.end()} />
      <LineNotice line={line} lostSince={state.lostSince} takeOver={() => session.takeOver()} />
      {line === 'refused' ? (
        <div class="centre">
          <p role="status">{t('refused')}</p>
          <button type="button" class="quiet" onClick={() => session.open()}>
            {t('again')}
          </button>
        </div>
      ) : room === undefined && items.length === 0 ? (
        <div class="centre">
          <p role="status">{t('connecting')}</p>
        </div>
      ) : empty ? (
        <Start session={session} known={room?.customer.name ?? ''} open={open} done={() => setAnew(false)} />
      ) : (
        <>
          <Thread
            side="customer"
            peer={room?.agent?.name || t('agent')}
            state={state}
            older={() => session.older()}
            retry={(key) => session.retry(key)}
            discard={(key) => session.discard(key)}
          />
          <Foot session={session} room={room} open={open} anew={() => setAnew(true)} />
        </>
      )}
    </>
  );
}
