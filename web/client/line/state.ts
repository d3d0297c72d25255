/**
 * idle: not opened yet, or closed. lost: reconnecting. replaced: a newer tab or device took over; takeOver() takes back.
 * refused: there is no identity to connect with (see Refused); open() tries again.
 */
export type LineState = 'idle' | 'connecting' | 'open' | 'lost' | 'replaced' | 'refused';

export interface LineView {
  line: LineState;
  /** When the line was lost, ms since the epoch; absent while it is open or not wanted. */
  lostSince?: number | undefined;
}
