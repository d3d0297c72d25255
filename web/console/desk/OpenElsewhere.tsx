import { useEffect, useRef } from 'preact/hooks';
import { useTranslation } from '../../components/translation';

/**
 * Of two windows the newest works; this one says so, and can be made the newest again. It stands over the desk, on which
 * everything stays as it was.
 */
export function OpenElsewhere({ takeOver }: { takeOver(): void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const show = () => dialog.current?.showModal();
  useEffect(show, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="replaced"
      onCancel={(event) => event.preventDefault()}
      onClose={show}
    >
      <h2 id="replaced">{t('replacedTitle')}</h2>
      <p>{t('replacedText')}</p>
      <button type="button" class="primary" onClick={takeOver}>
        {t('takeOver')}
      </button>
    </dialog>
  );
}
