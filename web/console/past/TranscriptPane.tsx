import { useEffect, useMemo, useState } from 'preact/hooks';
import type { AgentSession } from '../../client/agent/state';
import type { EndedRoom } from '../../client/wire/protocol';
import { useStore } from '../../components/hooks';
import { Thread } from '../../components/Thread';
import { useTranslation } from '../../components/translation';
import { Icon } from '../components/Icon';
import { Transcript } from './transcript';

interface Props {
  id: string;
  /** Undefined for a room of the address that the table does not show. */
  room: EndedRoom | undefined;
  session: AgentSession;
  /** Admins can unblock customers. */
  admin: boolean;
  close(): void;
}

const noop = () => {};

/** The transcript of an ended chat. */
export function TranscriptPane({ id, room, session, admin, close }: Props) {
  const { t } = useTranslation();
  const before = room?.before;
  const transcript = useMemo(
    () => new Transcript((command) => session.request(command), id, before),
    [id, session, before],
  );
  const { items, past, more, blocked, failed } = useStore(transcript);
  useEffect(() => void transcript.older(), [transcript]);
  const [resultKey, setResultKey] = useState<string>();
  const unblock = async () => {
    const refused = await transcript.unblock();
    setResultKey(refused ? `error_${refused}` : 'unblocked');
  };
  const name = room?.customer.name || t('customer');
  const { rating } = room ?? {};
  return (
    <section class="room transcript" aria-label={t('transcriptOf', { name })}>
      <header class="room-head">
        <div class="room-title">
          <h2>{name}</h2>
          {room?.reason && <p>{t(room.reason)}</p>}
        </div>
        {admin && blocked && (
          <button type="button" class="secondary" onClick={() => void unblock()}>
            {t('unblock')}
          </button>
        )}
        <button type="button" class="icon-button" aria-label={t('transcriptClose')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <p class="empty-note" role="status">
        {resultKey ? t(resultKey) : blocked && t('blocked')}
      </p>
      {failed ? (
        <p class="empty-note" role="alert">
          {t(`error_${failed}`)}
        </p>
      ) : (
        <Thread
          peer={name}
          state={{ items, past, pastMore: more, peerTyping: false, readByPeer: 0 }}
          older={() => transcript.older()}
          retry={noop}
          discard={noop}
        />
      )}
      {rating && (
        <p class="rated">
          {t('stars', { n: rating.score })}
          {rating.comment && `: “${rating.comment}”`}
        </p>
      )}
    </section>
  );
}
