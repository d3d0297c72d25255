/** The contract between the loader and the panel. Mostly types, as each byte here is in the loader. */
import type { PageInfo, Profile } from '../client/wire/protocol';

/** A token that the shop's server signed for a logged-in customer, or a function that gets one; null: a visitor. */
export type Token = string | null | (() => string | null | Promise<string | null>);

/** `window.rejoin`. Until the script is loaded, an array of functions to call with it stands in its place. */
export interface Rejoin extends EventTarget {
  open(): void;
  close(): void;
  /** Sets who the customer is. Call it again when they log in or out, or with a newer token. */
  identify(token: Token): void;
  /** Sets where the customer is, if the document's address and title do not say it. */
  page(page: PageInfo): void;
  /** What the shop knows about the customer, unverified. They are not asked for it. */
  profile(profile: Profile): void;
  /** Calls each function with this object. */
  push(...ready: ((chat: Rejoin) => void)[]): void;
}

/** Events of `window.rejoin`: the chat was opened, was closed, has `detail` unread texts. */
export type PublicEvent = 'open' | 'close' | 'unread';

export interface Embed {
  /** The round button, on which the panel sets a badge and the aria state. */
  button: HTMLButtonElement;
  root: ShadowRoot;
  /** Address of rejoin.js; `../config.json` relative to it has the gateway's address. */
  base: string | undefined;
  /** The embed script's data- attributes; the page may change them. */
  data: DOMStringMap;
  /** The page's language; not always a valid BCP 47 tag. */
  lang: string;
  korean: boolean;
  token?: Token;
  page?: PageInfo;
  profile?: Profile;
  /** Adds a constructed style sheet to the shadow root. */
  addStyle(css: string): void;
  emit(event: PublicEvent, detail?: number): void;
  /** Loads a module of the widget; after a failure the next call tries again. */
  load<T, Name extends string = string>(hashes: Hashes<Name>, name: Name): Promise<T>;
  /** Writes one line with the cause to the browser's console. */
  logError(cause: unknown): undefined;
}

/** SHA-256 in base64 of files beside rejoin.js, by their names. Filled in by the build. */
export type Hashes<Name extends string> = Record<Name, string>;

export interface Panel {
  show(open: boolean): void;
  /** Called when the token has changed, possibly to another person's. */
  token(): void;
  page?(): void;
  profile?(): void;
}

export const KOREAN = /^ko(?![a-z])/i;

/**
 * In localStorage: set while this browser has an open room; the loader then connects at once. In sessionStorage: set while the panel
 * is open; it is then open on the tab's next page too.
 */
export const CHAT_OPEN = 'rejoin.open';
