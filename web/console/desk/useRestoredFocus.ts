import { useEffect } from 'preact/hooks';

const FIELDS = 'input, textarea';

/**
 * Moves the focus when the focused element is removed: to the element focused before in the same section, else to the section's heading.
 * Browsers would drop it, and Tab would start at the top. From a field it never moves to a button, which the next key of somebody who is
 * typing would press.
 */
export function useRestoredFocus(): void {
  useEffect(() => {
    /** Elements that had the focus, newest last. */
    let had: HTMLElement[] = [];
    /** Ancestors of the newest one, innermost first. */
    let around: Element[] = [];
    const moved = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      had = [...had.filter((it) => it.isConnected && it !== target), target];
      around = [];
      for (let it = target.parentElement; it; it = it.parentElement) around.push(it);
    };
    const drawn = () => {
      if (document.activeElement !== document.body || had.at(-1)?.isConnected !== false) return;
      const left = around.find((it) => it.isConnected)?.closest('section, main, dialog');
      const part = left ?? document.querySelector('main');
      const wrote = had.at(-1)?.matches(FIELDS);
      had = had.filter((it) => it.isConnected);
      const before = had.filter((it) => part?.contains(it) && (!wrote || it.matches(FIELDS))).reverse();
      const heading = part?.querySelector<HTMLElement>('h1, h2');
      if (heading) heading.tabIndex = -1;
      // Hidden elements take no focus.
      for (const it of heading ? [...before, heading] : before) {
        it.focus({ preventScroll: true });
        if (document.activeElement === it) return;
      }
    };
    const watch = new MutationObserver(drawn);
    addEventListener('focusin', moved);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      removeEventListener('focusin', moved);
      watch.disconnect();
    };
  }, []);
}
