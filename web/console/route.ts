import { useEffect, useState } from 'preact/hooks';

/** The console's views. Each has an address of its own. */
export type View = 'chats' | 'past' | 'canned' | 'stats' | 'hours';

export interface Route {
  view: View;
  /** In chats: the rooms shown side by side. In past: the room whose transcript is open. */
  rooms: string[];
  query: URLSearchParams;
}

const views: readonly string[] = ['chats', 'past', 'canned', 'stats', 'hours'] satisfies View[];

/** Reads `#/view/room/room?query`; an unknown view is chats. */
export function routeOf(hash: string): Route {
  const [path = '', query] = hash.replace(/^#\/?/, '').split('?');
  const [view = '', ...rooms] = path.split('/').map(decodeOrEmpty);
  return {
    view: views.includes(view) ? (view as View) : 'chats',
    rooms: [...new Set(rooms.filter(Boolean))],
    query: new URLSearchParams(query),
  };
}

/** Empty for a part that is not valid percent encoding. */
function decodeOrEmpty(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export function hashOf(view: View, rooms: readonly string[] = [], query?: URLSearchParams): string {
  const path = [view, ...rooms].map(encodeURIComponent).join('/');
  const search = query?.toString();
  return `#/${path}${search ? `?${search}` : ''}`;
}

/**
 * Shows the view at once: the browser's own event comes a task later, which may be after the next key press. `replace`: replaces the
 * history entry.
 */
export function navigate(
  view: View,
  rooms?: readonly string[],
  query?: URLSearchParams,
  replace = false,
): void {
  location[replace ? 'replace' : 'assign'](hashOf(view, rooms, query));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const update = () => setRoute(routeOf(location.hash));
    addEventListener('hashchange', update);
    return () => removeEventListener('hashchange', update);
  }, []);
  return route;
}
