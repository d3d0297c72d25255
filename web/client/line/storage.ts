/** Small strings that outlive a reload. */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  /** Removes the keys for which `remove` returns true. */
  prune(remove: (key: string) => boolean): void;
}

export function memoryStore(): Store {
  const map = new Map<string, string>();
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    prune(remove) {
      for (const key of map.keys()) if (remove(key)) map.delete(key);
    },
  };
}

/**
 * The browser's own storage. Values that it refuses, because it is full or forbidden, last as long as the page.
 * Only the tab that holds the connection uses localStorage: two tabs must not send the same texts.
 */
export function browserStore(area: 'localStorage' | 'sessionStorage'): Store {
  const refused: Record<string, string> = {};
  return {
    get(key) {
      try {
        return refused[key] ?? globalThis[area].getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        globalThis[area].setItem(key, value);
        delete refused[key];
      } catch {
        refused[key] = value;
      }
    },
    prune(remove) {
      try {
        const stored = globalThis[area];
        for (const key in stored) if (remove(key)) delete stored[key];
      } catch {
        // Storage is forbidden, so nothing of ours is in it.
      }
    },
  };
}
