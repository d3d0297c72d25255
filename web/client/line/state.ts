/**
 * idle: not opened or closed. lost: reconnecting. replaced: a newer tab or device took over; wait for takeOver().
 * refused: there is no identity to connect with (see Refused); open() tries again.
 */
export type LineState = 'idle' | 'connecting' | 'open' | 'lost' | 'replaced' | 'refused';

export interface LineView {
  line: LineState;
  /** Since when the line is not open though it should be; ms since the epoch. */
  lostSince?: number | undefined;
}
