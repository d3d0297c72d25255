import type { ComponentChildren } from 'preact';

/** Around a field that is as high as what stands in it: the same text stands behind it, unseen. Not every browser has field-sizing. */
export function Growing({ text, children }: { text: string; children: ComponentChildren }) {
  return (
    <span class="growing" data-text={text}>
      {children}
    </span>
  );
}
