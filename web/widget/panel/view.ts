import type { CustomerSession, CustomerState } from '../../client/customer/state';
import type { Store } from '../../client/line/storage';
import type { Embed } from '../embed';
import type { Draft } from './draft';
import type { Field } from './field';
import type { Translation } from './text';

/** What every view of the panel works with. */
export interface Context extends Translation {
  session: CustomerSession;
  embed: Embed;
  /** localStorage, or memory where that is denied. */
  storage: Store;
  draft: Draft;
  /** The fields of the start form about the customer. */
  profileFields: Field[];
  /** The page's title without the count of unread texts, which the conversation adds. */
  pageTitle(): string;
  /** Of the panel; the current view writes them. */
  title: HTMLElement;
  subtitle: HTMLElement;
  /** In the header; the conversation adds its buttons here. */
  chatControls: HTMLElement;
  /** Beside the minimised chat's button; the conversation shows the preview here. */
  besideButton: HTMLElement;
}

/** What the panel shows: connecting or refused, the form before a chat, the open chat, the ended chat. */
export type Screen = 'connecting' | 'form' | 'conversation' | 'rating';

/** A part of the panel. Its nodes are created once, and updated with each state. */
export interface View {
  node: HTMLElement;
  update?(state: CustomerState, shown: Screen): void;
  /** The element to focus when this view becomes the current one. */
  focusTarget?: HTMLElement;
  /** Closes an open confirmation; false if there is none. */
  closeConfirmation?(): boolean;
}
