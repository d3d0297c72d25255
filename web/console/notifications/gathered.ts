import type { AppNotification } from './notifications';

/** How long others are waited for, ms; nobody notices it. */
export const GATHER_MS = 300;
/** Pause after a sound for each event that it was for, ms, and the longest pause. A flood is heard about twice a minute. */
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

type Timer = (ms: number, fn: () => void) => () => void;

/** Gathers the events that come within a moment, so that many sound once. `notify` gets the newest of each room; at least one. */
export class Gathered {
  private found: AppNotification[] = [];
  private quietUntil = 0;
  private cancel: (() => void) | undefined;

  constructor(
    private notify: (all: AppNotification[]) => void,
    private now: () => number,
    private after: Timer,
  ) {}

  add(notices: readonly AppNotification[]): void {
    if (!notices.length) return;
    this.found.push(...notices);
    this.cancel ??= this.after(Math.max(GATHER_MS, this.quietUntil - this.now()), () => this.flush());
  }

  close(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.found = [];
  }

  private flush(): void {
    const all = this.found;
    this.close();
    this.quietUntil = this.now() + Math.min(LONGEST_PAUSE_MS, PAUSE_MS * all.length);
    this.notify([...new Map(all.map((it) => [it.room, it])).values()]);
  }
}
