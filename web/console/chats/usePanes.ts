import { useRef, useState } from 'preact/hooks';
import { useMediaQuery } from '../components/useMediaQuery';
import { navigate, type Route } from '../route';

/** Rooms side by side on the widest screens. */
const MAX_PANES = 3;

/** The rooms of the address that fit on the screen, with the active one among them. */
export function fittingRooms(rooms: readonly string[], active: string | undefined, most: number): string[] {
  const last = Math.max(most, rooms.indexOf(active ?? '') + 1);
  return rooms.slice(Math.max(0, Math.min(rooms.length, last) - most)).slice(0, most);
}

/** The rooms of the address after one is opened: beside the others, or in place of the active one. */
export function roomsAfterOpening(
  rooms: readonly string[],
  active: string | undefined,
  room: string,
  beside: boolean,
): string[] {
  if (rooms.includes(room)) return [...rooms];
  if (beside) return [...rooms, room].slice(-MAX_PANES);
  return active && rooms.includes(active) ? rooms.map((it) => (it === active ? room : it)) : [room];
}

/** The rooms side by side, and which of them is active. Kept while another view is shown. */
export function usePanes(route: Route) {
  const lastRooms = useRef<readonly string[]>([]);
  if (route.view === 'chats') lastRooms.current = route.rooms;
  const rooms = lastRooms.current;
  const two = useMediaQuery('(min-width: 1060px)');
  const three = useMediaQuery('(min-width: 1560px)');
  const most = three ? MAX_PANES : two ? 2 : 1;
  const [activated, activate] = useState<string>();
  const shown = fittingRooms(rooms, activated, most);
  const active = activated !== undefined && shown.includes(activated) ? activated : shown.at(-1);

  const open = (room: string, beside = false) => {
    activate(room);
    navigate('chats', roomsAfterOpening(most === 1 ? [] : rooms, active, room, beside && most > 1));
  };
  const close = (room: string) =>
    navigate(
      'chats',
      rooms.filter((it) => it !== room),
    );
  return { shown, active, activate, open, close };
}
