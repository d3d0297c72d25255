import { useTranslation } from '../../components/translation';
import { Dialog } from '../components/Dialog';

interface Props {
  goOnline(): void;
  close(): void;
}

/** Asks an agent who has logged in and is still away whether to go online. */
export function StillAway({ goOnline, close }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('stillAway')} closeLabel={t('stayAway')} close={close}>
      <p>{t('stillAwayText')}</p>
      <button
        type="button"
        class="primary"
        onClick={() => {
          goOnline();
          close();
        }}
      >
        {t('goOnline')}
      </button>
    </Dialog>
  );
}
