import type { TabWindow } from '../tabs/tabs';
import type { World } from './world';

type Lead = () => unknown;

/** One browser's locks and channels, which its tabs share. */
export class TabBrowser {
  private channels = new Map<string, Set<{ onmessage: ((event: MessageEvent) => unknown) | null }>>();
  private queues = new Map<string, { lead: Lead; signal: AbortSignal }[]>();
  private held = new Set<string>();

  constructor(private world: World) {}

  tab(): TabWindow {
    const { channels, world } = this;
    const request = async (name: string, { signal }: { signal: AbortSignal }, lead: Lead) => {
      const queue = this.queues.get(name) ?? [];
      this.queues.set(name, [...queue, { lead, signal }]);
      this.grant(name);
    };
    class Channel {
      onmessage: ((event: MessageEvent) => unknown) | null = null;
      private all: Set<{ onmessage: ((event: MessageEvent) => unknown) | null }>;
      constructor(name: string) {
        this.all = channels.get(name) ?? new Set();
        channels.set(name, this.all.add(this));
      }
      postMessage(note: unknown) {
        const event = { data: structuredClone(note) } as MessageEvent;
        for (const other of this.all)
          if (other !== this) world.clock.after(0, () => this.all.has(other) && other.onmessage?.(event));
      }
      close() {
        this.all.delete(this);
      }
    }
    return Object.assign(new EventTarget(), {
      navigator: { locks: { request: request as unknown as LockManager['request'] } },
      BroadcastChannel: Channel,
    });
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
