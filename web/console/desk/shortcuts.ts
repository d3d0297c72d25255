import { useLayoutEffect, useRef } from 'preact/hooks';

/** Actions with a shortcut, in the order in which they are listed. */
export const ACTIONS = [
  'next',
  'take',
  'takeLeft',
  'up',
  'down',
  'nth',
  'beside',
  'close',
  'end',
  'transfer',
  'release',
  'card',
  'away',
  'goChats',
  'goPast',
  'goCanned',
  'goStats',
  'goHours',
  'sheet',
] as const;
export type Action = (typeof ACTIONS)[number];

/** By the key's position (`code`), pressed with Alt: with Alt a Mac types other letters. They work in text fields too. */
const ACTION_BY_KEY: Record<string, Action> = {
  KeyN: 'next',
  KeyT: 'take',
  KeyL: 'takeLeft',
  ArrowUp: 'up',
  ArrowDown: 'down',
  KeyB: 'beside',
  KeyW: 'close',
  KeyX: 'end',
  KeyH: 'transfer',
  KeyQ: 'release',
  KeyI: 'card',
  KeyA: 'away',
  KeyC: 'goChats',
  KeyP: 'goPast',
  KeyM: 'goCanned',
  KeyS: 'goStats',
  KeyO: 'goHours',
};

/** The shortcuts as text. */
export const KEY_LABELS: Record<Action, string> = {
  ...(Object.fromEntries(
    Object.entries(ACTION_BY_KEY).map(([place, action]) => [action, `Alt+${place.replace('Key', '')}`]),
  ) as Record<Action, string>),
  up: 'Alt+↑',
  down: 'Alt+↓',
  nth: 'Alt+1 … 9',
  sheet: '?',
};

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing'
>;

/** The action of a key press; `n` is the chat's number, from 0. `typing`: the focus is in a field. */
export function shortcutOf(event: KeyPress, typing: boolean): { action: Action; n: number } | undefined {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  if (!event.altKey) return event.key === '?' && !typing ? { action: 'sheet', n: 0 } : undefined;
  if (event.shiftKey) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (digit) return { action: 'nth', n: Number(digit) - 1 };
  const action = ACTION_BY_KEY[event.code];
  return action && { action, n: 0 };
}

/** Runs the functions of shortcuts. A shortcut without one is left to the browser. */
export function useShortcuts(run: Partial<Record<Action, (n: number) => void>>): void {
  const latest = useRef(run);
  latest.current = run;
  // A layout effect, so that a key pressed right after a redraw is handled.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const writes = event.target instanceof Element && event.target.matches('input, textarea, select');
      const wanted = shortcutOf(event, writes);
      const act = wanted && latest.current[wanted.action];
      if (!act || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      act(wanted.n);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
