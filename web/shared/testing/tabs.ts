import type { Tabs } from '../tabs';
import type { World } from './world';

/** The locks and channels that the tabs of one browser share. */
export class Browser {
  private channels = new Map<string, Set<(note: unknown) => void>>();
  private queues = new Map<string, { lead: () => Promise<void>; signal: AbortSignal }[]>();
  private held = new Set<string>();

  constructor(private world: World) {}

  tab(): Tabs {
    return {
      lock: (name, signal, lead) => {
        const queue = this.queues.get(name) ?? [];
        this.queues.set(name, [...queue, { lead, signal }]);
        this.grant(name);
      },
      channel: (name, on) => {
        const all = this.channels.get(name) ?? new Set();
        this.channels.set(name, all.add(on));
        return {
          post: (note) => {
            const copy = structuredClone(note);
            for (const other of all)
              if (other !== on) this.world.clock.after(0, () => all.has(other) && other(copy));
          },
          close: () => all.delete(on),
        };
      },
      watch: () => () => {},
    };
  }

  private grant(name: string): void {
    if (this.held.has(name)) return;
    const next = this.queues.get(name)?.shift();
    if (!next) return;
    if (next.signal.aborted) return this.grant(name);
    this.held.add(name);
    void Promise.resolve()
      .then(next.lead)
      .then(() => {
        this.held.delete(name);
        this.grant(name);
      });
  }
}
