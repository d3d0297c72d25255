import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useText } from '../ui/text';

interface Props {
  title: string;
  children: ComponentChildren;
  close(): void;
}

/** A question over the page. The browser keeps the focus inside, and gives it back. */
export function Ask({ title, children, close }: Props) {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="ask" aria-labelledby="ask" onClose={close}>
      <h2 id="ask">{title}</h2>
      {children}
      <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
        {t('cancel')}
      </button>
    </dialog>
  );
}
