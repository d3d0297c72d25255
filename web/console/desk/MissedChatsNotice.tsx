import { useTranslation } from '../../components/translation';
import type { MissedChats } from './missedChats';

/** Says which chats the agent lost while disconnected. */
export function MissedChatsNotice({
  missed,
  take,
  close,
}: {
  missed: MissedChats;
  take(room: string): void;
  close(): void;
}) {
  const { t } = useTranslation();
  const { requeued: back, lost: gone } = missed;
  return (
    <section class="desk-notice" aria-label={t('missedChats')} role="status">
      <div>
        {back.length > 0 && (
          <p>
            {t('missedRequeued', { n: back.length })}{' '}
            {back.map(({ id, customer }) => (
              <button key={id} type="button" class="secondary small" onClick={() => take(id)}>
                {t('takeNamed', { name: customer.name || t('visitor') })}
              </button>
            ))}
          </p>
        )}
        {gone.length > 0 && (
          <p>
            {t('missedLost', {
              n: gone.length,
              names: gone.map((name) => name || t('visitor')).join(', '),
            })}
          </p>
        )}
      </div>
      <button type="button" class="link-button" onClick={close}>
        {t('dismiss')}
      </button>
    </section>
  );
}
