import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { drawnRange, MAX_DRAWN } from './drawnRange';

interface Props<T> {
  items: readonly T[];
  keyOf(item: T): string;
  row(item: T): ComponentChildren;
  /** Key of the current row, which is scrolled into view when it changes. */
  current?: string | undefined;
}

/** A list of rows of equal height. Of a long one, only those near the visible part are drawn. */
export function VirtualList<T>({ items, keyOf, row, current }: Props<T>) {
  const { list, from, to, height } = useVisibleRange(items.length);
  const at = items.findIndex((item) => keyOf(item) === current);
  // Only when the current row changes, not when rows move: that would scroll away from what the agent reads.
  useLayoutEffect(() => {
    const it = list.current;
    const row = it?.children[at - from];
    if (row) row.scrollIntoView({ block: 'nearest' });
    else if (at >= 0) it?.closest('.scroll-box')?.scrollTo({ top: at * height });
  }, [current]);
  return (
    <ul
      class="list"
      ref={list}
      style={{ paddingTop: `${from * height}px`, paddingBottom: `${(items.length - to) * height}px` }}
    >
      {items.slice(from, to).map((item, i) => (
        <li key={keyOf(item)} aria-setsize={items.length} aria-posinset={from + i + 1}>
          {row(item)}
        </li>
      ))}
    </ul>
  );
}

function useVisibleRange(count: number) {
  const list = useRef<HTMLUListElement>(null);
  const [range, setNear] = useState({ from: 0, to: MAX_DRAWN, height: 0 });
  useLayoutEffect(() => {
    const it = list.current;
    const box = it?.closest('.scroll-box');
    if (!it || !box || count <= MAX_DRAWN) return;
    const measure = () => {
      const [first, second] = it.children;
      if (!first || !second) return;
      const height = second.getBoundingClientRect().top - first.getBoundingClientRect().top;
      const above = box.getBoundingClientRect().top - it.getBoundingClientRect().top;
      const drawn = drawnRange({ count, height, above, box: box.clientHeight });
      if (!drawn) return;
      const { from, to } = drawn;
      setNear((was) =>
        was.from === from && was.to === to && was.height === height ? was : { from, to, height },
      );
    };
    measure();
    box.addEventListener('scroll', measure, { passive: true });
    const resized = new ResizeObserver(measure);
    resized.observe(box);
    return () => {
      box.removeEventListener('scroll', measure);
      resized.disconnect();
    };
  }, [count]);
  return count <= MAX_DRAWN
    ? { list, from: 0, to: count, height: 0 }
    : { list, ...range, to: Math.min(range.to, count) };
}
