/** A clock that moves only when a test moves it. */
export class Clock {
  now = Date.UTC(2026, 0, 1);
  private timers = new Map<number, { at: number; fn: () => void }>();
  private count = 0;

  after(ms: number, fn: () => void): () => void {
    const id = ++this.count;
    this.timers.set(id, { at: this.now + Math.max(0, ms), fn });
    return () => this.timers.delete(id);
  }

  /** The device sleeps for ms: timers due meanwhile fire at the end. */
  sleep(ms: number): void {
    this.now += ms;
    for (const timer of this.timers.values()) timer.at = Math.max(timer.at, this.now);
  }

  /** Advances by ms and runs the due timers; promises settle between timers. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await settle();
    for (;;) {
      let next: [number, { at: number; fn: () => void }] | undefined;
      for (const timer of this.timers)
        if (timer[1].at <= end && (!next || timer[1].at < next[1].at)) next = timer;
      if (!next) break;
      this.timers.delete(next[0]);
      this.now = next[1].at;
      next[1].fn();
      await settle();
    }
    this.now = end;
  }
}

export async function settle(): Promise<void> {
  for (let i = 0; i < 8; i++) await Promise.resolve();
}

/** A seeded source of numbers 0 ≤ n < 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
