import type { ComponentChildren } from 'preact';

/** Makes a field as high as its text, with an invisible copy of the text behind it: not every browser has field-sizing. */
export function GrowingField({ text, children }: { text: string; children: ComponentChildren }) {
  return (
    <span class="growing" data-text={text}>
      {children}
    </span>
  );
}
