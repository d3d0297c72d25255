/** Rows that a list draws at most, so that queue, those who left and own chats together are fewer than 200. */
export const MAX_DRAWN = 64;
/** Rows drawn above and below the visible ones, for scrolling and for Tab. */
const OVERSCAN = 8;

interface Measured {
  count: number;
  /** Of one row, px. */
  height: number;
  /** How far the list's beginning lies above the box that scrolls, px. */
  above: number;
  /** Height of that box, px. */
  box: number;
}

/** The rows to draw, `to` excluded; undefined while the list is hidden and has no size. */
export function drawnRange({
  count,
  height,
  above,
  box,
}: Measured): { from: number; to: number } | undefined {
  if (!(height > 0) || !(box > 0)) return;
  const top = Math.floor(above / height) - OVERSCAN;
  const from = Math.min(Math.max(0, top), Math.max(0, count - 2)); // two are needed to measure the next time
  const wanted = Math.max(from + 2, top + Math.ceil(box / height) + 2 * OVERSCAN);
  return { from, to: Math.min(count, from + MAX_DRAWN, wanted) };
}
