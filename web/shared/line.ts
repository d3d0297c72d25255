import type { Effects, Socket } from './effects';
import { Refused } from './identity';
import type { ClientFrame, ServerFrame } from './protocol';
import type { LineState } from './state';

export const NEVER = Number.POSITIVE_INFINITY;
/** A ping, a join or a text that is not answered in this time is lost, ms. */
export const ANSWER = 5_000;
const OPENING = 10_000;
const BACKOFF_MIN = 250;
const BACKOFF_MAX = 30_000;
const SUPERSEDED = 1_000;
const BEAT_ON_SCREEN = 25_000;
// API Gateway closes a connection after 10 min of silence, and every one after 2 h (AWS quotas).
const BEAT_HIDDEN = 4 * 60_000;
/** A heartbeat that is later than a throttled page's timers are: the device slept. A pong would mend nothing. */
const BEAT_LATE = 60_000;
const RENEW_FROM = 105 * 60_000;
const RENEW_WITHIN = 10 * 60_000;
/** Every so many-th heartbeat is a join: a pong proves nothing about the room. */
const PROOF = 5;
const RECLAIMS = 3;

export interface LineOwner {
  /** A connection has opened and is the current one: join. */
  opened(): void;
  /** current: false for the connection that is being replaced by a renewal. A gateway's error has no `type`. */
  frame(frame: ServerFrame | { type?: undefined }, current: boolean): void;
  /** proof: by a join, not a ping. */
  beat(proof: boolean): void;
  /** Is a conversation on screen? */
  onScreen(): boolean;
  /** Something happened: see what is due. */
  step(): void;
}

interface Connection {
  id: number;
  since: number;
  socket?: Socket;
}

/** One person's line to the server: it is kept open, found dead, opened again, and renewed without a break. */
export class Line {
  state: LineState = 'idle';
  lostSince: number | undefined;
  /** True once a join was answered on the current connection. */
  joined = false;
  private current: Connection | undefined;
  private old: Connection | undefined;
  private next: Connection | undefined;
  private connections = 0;
  private tryAt = NEVER;
  private tries = 0;
  private superseded = 0;
  /** Replaced by this very device, since a line of it last lived long enough for a heartbeat. */
  private reclaims = 0;
  private answerBy = NEVER;
  private beatAt = 0;
  private beats = 0;

  constructor(
    private fx: Effects,
    private url: string,
    private token: () => Promise<string>,
    private owner: LineOwner,
  ) {}

  /** Number of the current connection; 0 when there is none. */
  get id(): number {
    return this.current?.id ?? 0;
  }

  open(): void {
    if (this.state === 'lost') return this.nudge();
    if (this.state === 'connecting' || this.state === 'open') return;
    this.state = 'connecting';
    this.tries = this.reclaims = 0;
    this.tryAt = this.fx.now();
  }

  close(state: LineState = 'idle'): void {
    this.state = state;
    this.lostSince = undefined;
    this.joined = false;
    this.tryAt = this.answerBy = NEVER;
    for (const name of ['current', 'old', 'next'] as const) this.drop(name);
  }

  /** The browser is online again or the page is shown: no more waiting, and is the line still good? */
  nudge(): void {
    if (this.state === 'lost' || this.state === 'connecting') this.tryAt = this.fx.now();
    else if (this.joined && this.fx.visible()) this.beat(this.fx.now() - this.beatAt > BEAT_ON_SCREEN);
  }

  send(frame: ClientFrame): void {
    this.current?.socket?.send(JSON.stringify(frame));
  }

  /** What was just sent must be answered in time, or the line is dead. */
  expect(now: number): void {
    this.answerBy = Math.min(this.answerBy, now + ANSWER);
  }

  heard(): void {
    this.answerBy = NEVER;
  }

  /** A join was answered on the current connection. The old one goes only now: make before break. */
  welcome(): void {
    this.drop('old');
    if (this.joined) return;
    this.joined = true;
    this.state = 'open';
    this.lostSince = undefined;
    this.tries = this.superseded = this.beats = 0;
    this.beatAt = this.fx.now();
  }

  /** The server says that a newer connection of this person has joined, though nobody said `replaced`. */
  notCurrent(): void {
    this.lose(this.superseded++ ? Math.max(SUPERSEDED, this.backoff()) : SUPERSEDED);
  }

  /** Gives the connection up and opens another after the back-off. */
  lose(wait = this.backoff()): void {
    this.drop('current');
    this.drop('old');
    this.joined = false;
    this.answerBy = NEVER;
    this.miss(wait);
  }

  /**
   * A newer connection of this person has joined. When it is this very device's, it is an older one in truth, whose join
   * came late and whose age was told by a clock that was ahead. Two pages that take each other for the same device, as a
   * duplicated tab does, give way in the end.
   */
  replaced(current: boolean, own: boolean): void {
    if (!current) this.drop('old');
    else if (own && this.reclaims++ < RECLAIMS) this.notCurrent();
    else this.close('replaced');
  }

  due(): number {
    return Math.min(
      this.next ? this.next.since + OPENING : this.tryAt,
      this.answerBy,
      this.joined ? this.beatAt + this.rhythm() : NEVER,
    );
  }

  tick(now: number): void {
    if (now >= this.answerBy) this.lose();
    if (this.next && now >= this.next.since + OPENING) this.failed();
    if (!this.next && now >= this.tryAt) this.connect(now);
    if (!this.joined || now < this.beatAt + this.rhythm()) return;
    const slept = now >= this.beatAt + this.rhythm() + BEAT_LATE; // the server may take us for gone by now
    this.beat((++this.beats % PROOF === 0 && this.owner.onScreen()) || slept);
  }

  private rhythm(): number {
    return this.owner.onScreen() ? BEAT_ON_SCREEN : BEAT_HIDDEN;
  }

  private beat(proof: boolean): void {
    this.beatAt = this.fx.now();
    this.reclaims = 0;
    this.owner.beat(proof);
  }

  /** Full jitter, so that a fleet that lost its lines together does not come back together. */
  private backoff(): number {
    const most = Math.min(BACKOFF_MAX, 2 * BACKOFF_MIN * 2 ** this.tries++);
    return Math.max(BACKOFF_MIN, most * this.fx.random());
  }

  private miss(wait: number): void {
    const now = this.fx.now();
    if (!this.next) this.tryAt = now + wait;
    if (this.current) return;
    this.lostSince ??= now;
    // The first failure is no news yet: the page is still opening.
    if (this.state === 'open' || this.tries > 1) this.state = 'lost';
  }

  private failed(): void {
    this.drop('next');
    this.miss(this.backoff());
  }

  private drop(name: 'current' | 'old' | 'next'): void {
    const gone = this[name];
    this[name] = undefined;
    gone?.socket?.close();
  }

  private connect(now: number): void {
    const connection: Connection = { id: ++this.connections, since: now };
    this.next = connection;
    this.token().then(
      (token) => this.next === connection && this.dial(connection, token),
      (reason) => {
        if (this.next !== connection) return;
        if (reason instanceof Refused) this.close('refused');
        else this.failed();
        this.owner.step();
      },
    );
  }

  private dial(connection: Connection, token: string): void {
    try {
      connection.socket = this.fx.socket(`${this.url}?token=${encodeURIComponent(token)}`, {
        open: () => this.opened(connection),
        frame: (text) => this.received(connection, text),
        closed: () => this.closed(connection),
      });
    } catch {
      this.closed(connection); // an address that the browser will not open
    }
  }

  private opened(connection: Connection): void {
    if (this.next !== connection) return;
    this.next = undefined;
    this.drop('old');
    this.old = this.current;
    this.current = connection;
    this.joined = false;
    this.answerBy = NEVER;
    this.tryAt = this.fx.now() + RENEW_FROM + RENEW_WITHIN * this.fx.random();
    this.owner.opened();
    this.owner.step();
  }

  private received(connection: Connection, text: string): void {
    if (connection !== this.current && connection !== this.old) return;
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    if (typeof frame === 'object' && frame)
      this.owner.frame(frame as ServerFrame, connection === this.current);
    this.owner.step();
  }

  private closed(connection: Connection): void {
    if (connection === this.next) this.failed();
    else if (connection === this.current) this.lose();
    else if (connection === this.old) this.old = undefined;
    else return;
    this.owner.step();
  }
}
