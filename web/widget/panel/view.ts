import type { CustomerSession, CustomerState } from '../../client/customer/state';
import type { Store } from '../../client/line/storage';
import type { Embed } from '../embed';
import type { Draft } from './draft';
import type { Text } from './text';
import type { Counter } from './titleCount';

/** What every part of the panel works with. */
export interface Context extends Text {
  session: CustomerSession;
  embed: Embed;
  kept: Store;
  draft: Draft;
  counter: Counter;
  /** Places that the conversation fills: in the head, and beside the minimised chat. */
  ways: HTMLElement;
  beside: HTMLElement;
}

/** What the panel shows: that it connects or cannot, the questions before a chat, the chat, the chat that has ended. */
export type Shown = 'wait' | 'start' | 'talk' | 'over';

/** A part of the panel: its nodes are made once, and say what the state says. */
export interface Part {
  node: HTMLElement;
  update?(state: CustomerState, shown: Shown): void;
  /** Where the focus belongs when this part is what one works with. */
  goal?: HTMLElement;
  /** Closes a confirmation in it, if one is open. */
  back?(): boolean;
}
