/** What the loader hands to the panel, and what both must know. Types and constants only: the loader pays for each byte. */
import type { Lang } from '../ui/text';

export interface Embed {
  /** The round button; the panel puts its badge and its aria state on it. */
  button: HTMLButtonElement;
  root: ShadowRoot;
  /** Address of rejoin.js; `../config.json` beside it tells where the gateway is. */
  base: string;
  lang: Lang;
  /** Overrides the gateway of config.json. */
  ws: string | undefined;
  /** A token that the shop's server signed for a known customer, read anew each time as the page may renew it. */
  token(): string | undefined;
}

export interface Panel {
  toggle(): void;
}

/** In localStorage while this browser has an open room: the loader then connects at once instead of on first open. */
export const CHAT_OPEN = 'rejoin.open';
