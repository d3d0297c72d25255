import { useEffect } from 'preact/hooks';

const FIELDS = 'input, textarea';

/**
 * Hands the focus on when what had it goes, be it a pane, a card or a row: to what had it before in the part of the page
 * that stood around it, else to that part's heading. The browser would leave it nowhere, and Tab begin at the top again.
 * From a field it never goes to a button, which the next key of somebody who is typing would press.
 */
export function useRestoredFocus(): void {
  useEffect(() => {
    /** What had the focus, newest last. */
    let had: HTMLElement[] = [];
    /** What the newest of them stood in, innermost first. */
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
      // What is not on the screen takes no focus.
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
