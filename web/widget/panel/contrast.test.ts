import { expect, test } from 'vitest';
import { readableOn } from './contrast';

/** WCAG 2.2. */
const light = (value: number) => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};
const luminance = (r: number, g: number, b: number) =>
  0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);

test('the text has a contrast of 4.5 : 1 on every colour', () => {
  let least = 21;
  for (let r = 0; r < 256; r += 5)
    for (let g = 0; g < 256; g++)
      for (let b = 0; b < 256; b += 15) {
        const ground = luminance(r, g, b) + 0.05;
        const contrast = readableOn([r, g, b]) === '#fff' ? 1.05 / ground : ground / 0.05;
        least = Math.min(least, contrast);
      }
  expect(least).toBeGreaterThanOrEqual(4.5);
  expect(readableOn([255, 212, 0])).toBe('#000');
});
