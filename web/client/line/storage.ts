/** A place for small strings that outlives a reload. */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  /** Removes the keys for which `goes` is true. */
  prune(goes: (key: string) => boolean): void;
}

export function memoryStore(): Store {
  const map = new Map<string, string>();
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    prune(goes) {
      for (const key of map.keys()) if (goes(key)) map.delete(key);
    },
  };
}

/**
 * The browser's own storage; what it refuses, being full or forbidden, lasts as long as the page.
 * localStorage is for the one tab that holds the connection: two tabs must not send the same texts.
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
    prune(goes) {
      try {
        const kept = globalThis[area];
        for (const key in kept) if (goes(key)) delete kept[key];
      } catch {
        // Storage is denied, so there is nothing of ours.
      }
    },
  };
}
