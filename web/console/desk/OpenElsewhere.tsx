import { useEffect, useRef } from 'preact/hooks';
import { useTranslation } from '../../components/translation';

/** Says that the console works in another, newer window, and offers to take over. The desk below stays as it was. */
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
