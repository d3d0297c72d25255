import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useTranslation } from '../../components/translation';

interface Props {
  title: string;
  children: ComponentChildren;
  close(): void;
  /** Text of the button that only closes; Cancel by default. */
  closeLabel?: string;
  wide?: boolean;
}

/** A modal dialog. The browser keeps the focus inside, and restores it afterwards. */
export function Dialog({ title, children, close, closeLabel, wide }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const it = dialog.current;
    it?.showModal();
    return () => it?.close(); // removing the element alone would not restore the focus
  }, []);
  return (
    <dialog ref={dialog} class={wide ? 'dialog wide' : 'dialog'} aria-labelledby={id} onClose={close}>
      <h2 id={id}>{title}</h2>
      {children}
      <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
        {closeLabel ?? t('cancel')}
      </button>
    </dialog>
  );
}
