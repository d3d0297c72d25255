import { browserEffects, type Effects } from './effects';
import { NEVER } from './line';
import { clean, type Own, ownItem } from './outbox';
import { Past } from './past';
import type { ClientFrame, PageInfo, Profile, Rating } from './protocol';
import { type Answer, type Options, Session } from './session';
import type { CustomerSession, CustomerState, Item } from './state';
import { type SavedThread, Thread } from './thread';

export type { CustomerSession, CustomerState, Item, TextState } from './state';
export { sharedCustomerSession } from './tabs';

const PAGE = 30;
/** Pages of the present chat that one older() skips at most. */
const SKIPS = 5;
const START_AGAIN = 2_000;

export interface CustomerOptions extends Options {
  /** Where the customer is, told at each join. */
  page?: () => PageInfo;
}

interface Wish {
  profile?: Profile;
  page?: PageInfo;
}

interface Saved {
  room: string | null | undefined;
  threads: SavedThread[];
  homeless: Own[];
}

/** A session of this tab's own. */
export function customerSession(options: CustomerOptions): Customer {
  return new Customer(options.effects ?? browserEffects(), options);
}

export class Customer extends Session<CustomerState> implements CustomerSession {
  state: CustomerState;
  /** The present room: the open one, else the last. undefined: not known yet. */
  private room: string | null | undefined;
  /** Texts for a room that is still to open. */
  private homeless: Own[] = [];
  private past = new Past();
  /** The user wants a chat. */
  private wish: Wish | undefined;
  private wishAt = NEVER;
  /** What the newest join named, and whether it asked to start. */
  private named: { room: string | undefined; start: boolean } = { room: undefined, start: false };

  constructor(
    fx: Effects,
    private options: CustomerOptions,
  ) {
    super(fx, options);
    this.state = this.view();
  }

  start(profile?: Profile, page?: PageInfo): void {
    if (this.isOpen()) return;
    this.want({ ...this.wish, ...(profile && { profile }), ...(page && { page }) });
    this.step();
  }

  /** key: the text's own, when another tab made it; a known one is not taken twice. */
  send(text: string, key = this.fx.key()): void {
    const own = { key, text: clean(text), at: this.fx.now() };
    if (!own.text || this.knows(key)) return;
    const thread = this.isOpen() ? this.present() : undefined;
    if (thread) thread.add(own);
    else {
      this.homeless.push(own);
      this.want(this.wish ?? {});
    }
    this.step();
  }

  retry(key: string): void {
    for (const thread of this.threads.values()) {
      const own = thread.out.texts.find((text) => text.key === key);
      if (own?.failed) {
        thread.remove(key);
        return this.send(own.text, key);
      }
      if (own) thread.out.hurry(this.fx.now());
    }
    this.line.nudge();
    this.step();
  }

  discard(key: string): void {
    for (const thread of this.threads.values())
      if (thread.out.texts.some((own) => own.key === key && own.failed)) thread.remove(key);
    this.step();
  }

  typing(): void {
    this.typingIn(this.present());
  }

  seen(): void {
    if (this.present()?.seen()) this.step();
  }

  async older(): Promise<void> {
    const { past } = this;
    const had = past.items.length;
    for (let page = 0; page < SKIPS && past.more && past.items.length === had; page++) {
      const answer = await new Promise<Answer | undefined>((resolve) =>
        this.ask({ action: 'history', ...(past.before && { before: past.before }), limit: PAGE }, resolve),
      );
      if (answer?.type !== 'history') return;
      past.turn(answer, this.present());
      this.step();
    }
  }

  end(): void {
    if (this.isOpen()) this.ask({ action: 'end', room: this.room as string }, () => {});
  }

  rate(rating: Rating): void {
    const thread = this.present();
    if (!thread?.ended) return;
    this.ask({ action: 'rate', room: thread.id, ...rating }, (answer) => {
      if (answer?.type === 'ok') thread.rated(rating);
      this.step();
    });
  }

  protected joinFrame(id: string): ClientFrame {
    const thread = this.present();
    // Only when the last room is known: else the repeat of an old wish might open a second room.
    const wish = this.room === undefined ? undefined : this.wish;
    const page = this.line.joined && !wish ? undefined : this.options.page?.();
    this.named = { room: thread?.id, start: wish !== undefined };
    this.wishAt = NEVER;
    return {
      action: 'join',
      id,
      device: this.device,
      ...(thread && { room: thread.id, since: thread.since }),
      ...(page && { page }),
      ...(wish && { start: true, ...wish }),
    };
  }

  protected joinAt(): number {
    return Math.min(this.present()?.askAt ?? NEVER, this.wishAt);
  }

  protected onScreen(): boolean {
    return this.fx.visible() && this.isOpen();
  }

  protected on(frame: Answer, _action: string | undefined, latest: boolean): void {
    if (frame.type !== 'room') return;
    const { room } = frame;
    if (room) {
      const thread = this.threads.get(room.id) ?? (latest ? this.adopt(room.id) : undefined);
      if (!thread) return this.unknown();
      thread.merge({ ...frame, room }, this.fx.now());
      if (latest) this.move(thread);
    } else if (latest) this.room ??= null; // who ever had a room has one
    if (latest) this.wishes(room?.id);
  }

  protected unknown(): void {
    if (!this.isOpen()) this.wishAt = this.fx.now();
  }

  protected follows(thread: Thread): boolean {
    return thread.id === this.room;
  }

  protected save(): Saved {
    const threads = [...this.threads.values()].filter(({ id, out }) => id === this.room || out.texts.length);
    return {
      room: this.room,
      threads: threads.map((thread) => thread.save(thread.id === this.room)),
      homeless: this.homeless,
    };
  }

  protected load(saved: Saved | undefined, another: boolean): void {
    if (another) {
      this.homeless = [];
      this.past = new Past();
      this.wish = undefined;
    }
    this.room = saved?.room ?? undefined;
    for (const thread of saved?.threads ?? [])
      this.threads.set(thread.id, new Thread(thread.id, 'customer', thread));
    this.homeless.unshift(...(saved?.homeless ?? []));
    if (this.homeless.length) this.want(this.wish ?? {});
  }

  protected view(): CustomerState {
    const now = this.fx.now();
    const thread = this.present();
    this.touched = `${this.room} ${this.homeless.map(({ key }) => key)} `;
    const unsent: Item[] = [];
    for (const other of this.threads.values()) {
      if (other === thread) continue;
      this.past.append(other.stored());
      unsent.push(...other.unsent(now));
    }
    unsent.push(...this.homeless.map((own) => ownItem(own, '', 'customer', now)));
    const items = thread?.items(now) ?? [];
    return {
      line: this.line.state,
      ...(this.line.lostSince !== undefined && { lostSince: this.line.lostSince }),
      room: thread?.room ?? (this.room === null ? null : undefined),
      items: unsent.length ? [...items, ...unsent] : items,
      past: this.past.items,
      pastMore: this.past.more,
      peerTyping: thread?.typing ?? false,
      peerOnline: thread?.online ?? false,
      readByPeer: thread?.peerRead ?? 0,
      unread: thread?.unread() ?? 0,
    };
  }

  private present(): Thread | undefined {
    return this.room ? this.threads.get(this.room) : undefined;
  }

  private isOpen(): boolean {
    const thread = this.present();
    return thread?.room !== undefined && !thread.ended;
  }

  private knows(key: string): boolean {
    return (
      this.homeless.some((own) => own.key === key) ||
      [...this.threads.values()].some((thread) => thread.knows(key))
    );
  }

  private adopt(id: string): Thread {
    const thread = new Thread(id, 'customer');
    this.threads.set(id, thread);
    return thread;
  }

  /** Makes a room the present one. Texts of the last one that await their answer keep its thread. */
  private move(thread: Thread): void {
    const last = this.present();
    this.room = thread.id;
    if (last && last !== thread) {
      this.past.append(last.stored());
      if (!last.out.texts.length) this.threads.delete(last.id);
    }
    if (!this.isOpen()) return;
    for (const own of this.homeless.splice(0)) thread.add(own);
  }

  /** What a join's answer means for the wish to chat. shown: the room that it showed. */
  private wishes(shown: string | undefined): void {
    if (this.isOpen()) this.wish = undefined;
    if (!this.wish) return;
    const { room, start } = this.named;
    if (!start) this.want(this.wish);
    else if (room === shown) this.want(this.wish, START_AGAIN);
    // A room that was not known: an earlier start may have opened it, so only waiting texts justify another.
    else if (this.homeless.length) this.want(this.wish);
    else this.wish = undefined;
  }

  private want(wish: Wish, wait = 0): void {
    this.wish = wish;
    if (this.room !== undefined) this.wishAt = this.fx.now() + wait;
  }
}
