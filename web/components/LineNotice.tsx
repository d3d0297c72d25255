import type { LineView } from '../client/line/state';
import { useLongerThan } from './hooks';
import { useTranslation } from './translation';

/** Shorter breaks of the line are not shown. */
export const NOTICE_AFTER_MS = 3000;

/** Tells that the line is lost, or that a newer window has replaced it. */
export function LineNotice({ line, lostSince, takeOver }: LineView & { takeOver(): void }) {
  const { t } = useTranslation();
  const lost = useLongerThan(NOTICE_AFTER_MS, line === 'lost' ? lostSince : undefined);
  return (
    <div class="line" role="status">
      {line === 'replaced' && (
        <p class="notice">
          {t('replaced')}{' '}
          <button type="button" class="link-button" onClick={takeOver}>
            {t('takeOver')}
          </button>
        </p>
      )}
      {lost && <p class="notice">{t('reconnecting')}</p>}
    </div>
  );
}
