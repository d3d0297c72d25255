import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CustomerSession } from '../shared/customer';
import type { RoomObject } from '../shared/protocol';
import { Composer } from '../ui/Composer';
import { useText } from '../ui/text';

interface Props {
  session: CustomerSession;
  room: RoomObject | null | undefined;
  open: boolean;
  anew(): void;
}

/** Below the thread: the place in the queue, and the composer; after the end, the way to a new chat. */
export function Foot({ session, room, open, anew }: Props) {
  const { t } = useText();
  const [draft, setDraft] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (open) field.current?.focus();
  }, [open]);

  const ended = room?.status === 'ended';
  const more = useRef<HTMLButtonElement>(null);
  // The end takes the field away; who was writing in it is not to be left nowhere.
  useEffect(() => {
    if (open && ended && document.activeElement === document.body) more.current?.focus();
  }, [open, ended]);

  if (ended)
    return (
      <div class="over">
        <p>{t('over')}</p>
        <button type="button" class="main" ref={more} onClick={anew}>
          {t('anew')}
        </button>
      </div>
    );

  const place = room?.position;
  return (
    <>
      {room?.status === 'waiting' && (
        <p class="place" role="status">
          {place === undefined ? t('soon') : t(place === 1 ? 'next' : 'position', { n: place })}
        </p>
      )}
      <Composer
        draft={draft}
        setDraft={setDraft}
        placeholder={t('write')}
        send={(text) => session.send(text)}
        typing={() => session.typing()}
        field={field}
      />
    </>
  );
}
