import { useEffect, useRef } from 'preact/hooks';
import type { CustomerSession } from '../shared/customer';
import { useText } from '../ui/text';
import { Chat } from './Chat';
import { usePhoneHeight } from './usePhoneHeight';

interface Props {
  session: CustomerSession | undefined;
  open: boolean;
  failed: boolean;
  button: HTMLButtonElement;
  toggle(): void;
  again(): void;
}

/** On a phone the panel is a modal of the whole screen; beside a wide page it leaves the page usable. */
const phone = '(max-width: 480px)';

/** The window that opens and closes, and where the focus goes when it does. */
export function Dialog({ session, open, failed, button, toggle, again }: Props) {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const it = dialog.current;
    button.ariaExpanded = String(open);
    if (!it || it.open === open) return;
    if (!open) {
      it.close();
      button.focus();
    } else if (matchMedia(phone).matches) it.showModal();
    else it.show();
  }, [open, button]);
  usePhoneHeight(dialog);

  return (
    <dialog
      ref={dialog}
      aria-label={t('title')}
      onCancel={(event) => {
        event.preventDefault();
        toggle();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing && !dialog.current?.matches(':modal')) toggle();
      }}
    >
      {session ? (
        <Chat {...{ session, open, button, toggle }} />
      ) : (
        <div class="centre">
          <p role="status">{t(failed ? 'refused' : 'connecting')}</p>
          {failed && (
            <button type="button" class="quiet" onClick={again}>
              {t('again')}
            </button>
          )}
          <button type="button" class="quiet" onClick={toggle}>
            {t('close')}
          </button>
        </div>
      )}
    </dialog>
  );
}
