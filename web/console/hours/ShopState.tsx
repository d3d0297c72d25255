import { useState } from 'preact/hooks';
import { useNow, useStore } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { lazyDialog } from '../components/lazy';
import { openingWords } from './openingWords';
import type { HoursStore } from './store';

const CloseDialog = lazyDialog('closeNow', async () => (await import('./CloseDialog')).CloseDialog);

interface Props {
  hours: HoursStore;
  site: string;
  /** Closes shops and opens them again. */
  admin: boolean;
}

/** Whether a shop is open, as the server says, and an admin's buttons that close it now and open it again. */
export function ShopState({ hours, site, admin }: Props) {
  const text = useTranslation();
  const { t } = text;
  const now = useNow(30_000);
  const shop = useStore(hours).shops[site];
  const [closing, setClosing] = useState(false);
  const [working, setWorking] = useState(false);
  const [failed, setFailed] = useState('');
  if (!shop) return null;
  const open = shop.now.state === 'open';
  const byHand = shop.hours?.closed;
  const reopen = async () => {
    setWorking(true);
    const outcome = await hours.setClosed(site, undefined);
    setWorking(false);
    setFailed(outcome.kind === 'failed' ? outcome.code : outcome.kind === 'conflict' ? 'conflict' : '');
  };
  return (
    <div class="shop-state">
      <p class={open ? 'open' : 'closed'}>
        {openingWords({ open, until: shop.now.until }, now, text)}
        {byHand && <span class="topic">{t('closedByHand')}</span>}
      </p>
      {admin && open && (
        <button type="button" class="secondary small" onClick={() => setClosing(true)}>
          {t('closeNow')}
        </button>
      )}
      {admin && byHand && (
        <button
          type="button"
          class="secondary small"
          aria-disabled={working}
          onClick={() => working || void reopen()}
        >
          {t('openAgain')}
        </button>
      )}
      <p class="danger" role="status">
        {failed && t(`error_${failed}`)}
      </p>
      {closing && <CloseDialog hours={hours} site={site} close={() => setClosing(false)} />}
    </div>
  );
}
