/** A place for small strings that outlives a reload. */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
}

export function memoryStore(): Store {
  const map = new Map<string, string>();
  return { get: (key) => map.get(key) ?? null, set: (key, value) => void map.set(key, value) };
}

/**
 * The browser's own storage; in memory as well, for it throws when it is full or forbidden.
 * localStorage is for the one tab that holds the connection: two tabs must not send the same texts.
 */
export function store(area: 'localStorage' | 'sessionStorage'): Store {
  const memory = memoryStore();
  return {
    get(key) {
      try {
        return memory.get(key) ?? globalThis[area].getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      memory.set(key, value);
      try {
        globalThis[area].setItem(key, value);
      } catch {
        // Then it lasts as long as the page.
      }
    },
  };
}
