import type { Effects } from './effects';

/** A ping, a join, a command or a text without an answer for this time is lost, ms. */
export const ANSWER_TIMEOUT = 5_000;
const SHORTEST = 250;
const LONGEST = 30_000;

/**
 * The pause before the next try, ms, after so many failures in a row (1 or more). It grows to LONGEST with full jitter: clients
 * that failed together must not return together. Everything that a client tries again waits for it.
 */
export const backoff = ({ random }: Effects, failures: number): number =>
  SHORTEST + Math.round((Math.min(LONGEST, SHORTEST * 2 ** failures) - SHORTEST) * random());

/** When a frame is sent that is repeated until it is answered: a join, a command or a text. */
export class Repeat {
  /** How often it was sent. */
  tries = 0;
  /** ms since the epoch; 0: at once. */
  dueAt = 0;
  private pause = 0;

  markSent(fx: Effects): void {
    this.pause = backoff(fx, ++this.tries);
    this.dueAt = fx.now() + ANSWER_TIMEOUT + (this.tries > 1 ? this.pause : 0);
  }

  /** It is to be sent again after a wait: by default the pause that follows an error that may pass. */
  retryIn(now: number, wait = this.pause): void {
    this.dueAt = Math.min(this.dueAt, now + wait);
  }
}
