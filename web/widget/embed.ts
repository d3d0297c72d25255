/** What the loader and the panel must know of each other. Hardly more than types: the loader pays for each byte. */
import type { PageInfo, Profile } from '../client/wire/protocol';

/** A token that the shop's server signed for a known customer, or how to get a fresh one; null: a visitor again. */
export type Token = string | null | (() => string | null | Promise<string | null>);

/** `window.rejoin`. Until the script is loaded, an array of functions that wait for it does in its place. */
export interface Rejoin extends EventTarget {
  open(): void;
  close(): void;
  /** Who the customer is; may be called again when they log in or out, or with a newer token of theirs. */
  identify(token: Token): void;
  /** Where the customer is, when the document's address and title do not say it. */
  page(page: PageInfo): void;
  /** What the shop knows of the customer without proof; they are not asked for it again. */
  profile(profile: Profile): void;
  /** Calls each function with this object: at once, or when it is there. */
  push(...ready: ((chat: Rejoin) => void)[]): void;
}

/** What `window.rejoin` tells as a CustomEvent: the chat was opened, was closed, has `detail` unread texts. */
export type Told = 'open' | 'close' | 'unread';

export interface Embed {
  /** The round button; the panel puts its badge and its aria state on it. */
  button: HTMLButtonElement;
  root: ShadowRoot;
  /** Address of rejoin.js; `../config.json` beside it tells where the gateway is. */
  base: string | undefined;
  /** The embed line's data- attributes, read anew each time as the page may change them. */
  data: DOMStringMap;
  /** Of the page; BCP 47, if the page says so. */
  lang: string;
  korean: boolean;
  token?: Token;
  page?: PageInfo;
  profile?: Profile;
  /** Adds a style sheet, constructed: a strict CSP takes no other in a shadow root. */
  style(css: string): void;
  tell(event: Told, detail?: number): void;
  /** A module of the widget's, once it is needed; what could not be had is asked for again at the next need. */
  load<T>(file: File): Promise<T>;
  /** One line on the console that names the cause. */
  complain(cause: unknown): undefined;
}

/** A file beside rejoin.js: its name, which holds its hash, and its integrity. The build knows them. */
export type File = readonly [name: string, integrity: string];

export interface Panel {
  show(open: boolean): void;
  /** Another token may be another person. */
  token(): void;
  page?(): void;
  profile?(): void;
}

export const KOREAN = /^ko(?![a-z])/i;

/**
 * In localStorage while this browser has an open room: the loader then connects at once instead of on first open. In
 * sessionStorage while the panel is open: wherever this tab goes, it is open again.
 */
export const CHAT_OPEN = 'rejoin.open';
