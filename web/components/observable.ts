/** A state with subscribers, for useStore. */
export class Observable<S> {
  private listeners = new Set<() => void>();

  constructor(public state: S) {}

  /** Calls fn after each change; the returned function stops it. */
  subscribe(fn: () => void): () => void {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  }

  protected show(state: S): void {
    this.state = state;
    for (const fn of this.listeners) fn();
  }
}
