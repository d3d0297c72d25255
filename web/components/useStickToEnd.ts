import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** A reader closer to the end than this, px, follows new messages. */
const NEAR_END = 80;
/** Closer to the start than this, px, older messages are fetched. */
const NEAR_START = 240;

/** Where the reader is: at the end, further up, or further up with new messages below. */
export type Where = 'end' | 'up' | 'missed';

/**
 * Keeps a scroller at its end while the reader is there, and at their place while they read further up. Calls `older` when
 * they come near the start.
 */
export function useStickToEnd(older?: () => Promise<void> | void) {
  const box = useRef<HTMLElement>(null);
  const place = useRef({
    atEnd: true,
    fromEnd: 0,
    first: null as Element | null,
    last: null as Element | null,
  });
  const [where, setWhere] = useState<Where>('end');
  const asking = useRef(false);

  const onScroll = () => {
    const it = box.current;
    if (!it) return;
    const fromEnd = it.scrollHeight - it.scrollTop;
    place.current.fromEnd = fromEnd;
    place.current.atEnd = fromEnd - it.clientHeight < NEAR_END;
    if (place.current.atEnd) return setWhere('end');
    setWhere((was) => (was === 'end' ? 'up' : was));
    if (it.scrollTop < NEAR_START && older && !asking.current) {
      asking.current = true;
      void Promise.resolve(older()).finally(() => {
        asking.current = false;
      });
    }
  };

  const toEnd = () => {
    const it = box.current;
    if (it) it.scrollTop = it.scrollHeight;
    onScroll();
  };

  useLayoutEffect(() => {
    const it = box.current;
    if (!it) return;
    const texts = it.querySelectorAll('li.text, li.event');
    const first = texts[0] ?? null;
    const last = texts[texts.length - 1] ?? null;
    const was = place.current;
    const wrote = last !== was.last && !!last?.classList.contains('mine');
    if (was.atEnd || wrote) toEnd();
    else if (first !== was.first) it.scrollTop = it.scrollHeight - was.fromEnd;
    else if (last !== was.last) setWhere('missed');
    was.first = first;
    was.last = last;
    was.fromEnd = it.scrollHeight - it.scrollTop;
  });

  // The box also shrinks without a draw, as with a phone's keyboard or a growing composer.
  useLayoutEffect(() => {
    const it = box.current;
    if (!it) return;
    const watch = new ResizeObserver(() => {
      if (place.current.atEnd) it.scrollTop = it.scrollHeight;
    });
    watch.observe(it);
    return () => watch.disconnect();
  }, []);

  return { box, onScroll, toEnd, where };
}
