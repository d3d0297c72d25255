import { json } from '../wire/json';
import type { ClientFrame } from '../wire/protocol';
import type { Effects, Socket } from './effects';
import type { LineState } from './state';

export const NEVER = Number.POSITIVE_INFINITY;
/** A ping, a join or a text that is not answered in this time is lost, ms. */
export const ANSWER_TIMEOUT = 5_000;
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

/** Thrown by a token function when there is no identity to connect with: the session stops as `refused`. */
export class Refused extends Error {}

export interface LineListener {
  /** A connection has opened and is the current one: join. */
  opened(): void;
  /** current: false for the connection that is being replaced by a renewal. A gateway's error has no `type`. */
  frame(frame: object, current: boolean): void;
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
  /** Nothing that it tells from now on counts. */
  gone?: boolean;
  socket?: Socket;
}

export type Line = ReturnType<typeof openLine>;

/** One person's line to the server: it is kept open, found dead, opened again, and renewed without a break. */
export function openLine(fx: Effects, url: string, token: () => Promise<string>, owner: LineListener) {
  let current: Connection | undefined;
  let old: Connection | undefined;
  let next: Connection | undefined;
  let connections = 0;
  let tryAt = NEVER;
  let tries = 0;
  let superseded = 0;
  /** Replaced by this very device, since a line of it last lived long enough for a heartbeat. */
  let reclaims = 0;
  let answerBy = NEVER;
  let beatAt = 0;
  let beats = 0;

  const it = {
    state: 'idle' as LineState,
    lostSince: undefined as number | undefined,
    /** True once a join was answered on the current connection. */
    joined: false,
    /** Number of the current connection; 0 when there is none. */
    id: 0,

    open(): void {
      if (it.state === 'lost') nudge();
      else if (it.state !== 'connecting' && it.state !== 'open') {
        it.state = 'connecting';
        tries = reclaims = 0;
        tryAt = fx.now();
      }
    },

    close,
    nudge,

    /** Another connection beside the present one, which goes once that has joined: its token is about to run out. */
    renew(): void {
      if (it.joined) tryAt = fx.now();
    },
    lose,

    send(frame: ClientFrame): void {
      current?.socket?.send(json(frame));
    },

    /** What was just sent must be answered in time, or the line is dead. */
    expect(now: number): void {
      answerBy = Math.min(answerBy, now + ANSWER_TIMEOUT);
    },

    heard(): void {
      answerBy = NEVER;
    },

    /** A join was answered on the current connection. The old one goes only now: make before break. */
    welcome(): void {
      old = drop(old);
      if (it.joined) return;
      it.joined = true;
      it.state = 'open';
      it.lostSince = undefined;
      tries = superseded = beats = 0;
      beatAt = fx.now();
    },

    /** The server says that a newer connection of this person has joined, though nobody said `replaced`. */
    notCurrent,

    /**
     * A newer connection of this person has joined. When it is this very device's, it is an older one in truth, whose join
     * came late and whose age was told by a clock that was ahead. Two pages that take each other for the same device, as a
     * duplicated tab does, give way in the end.
     */
    replaced(isCurrent: boolean, own: boolean): void {
      if (!isCurrent) old = drop(old);
      else if (own && reclaims++ < RECLAIMS) notCurrent();
      else close('replaced');
    },

    due: (): number =>
      Math.min(next ? next.since + OPENING : tryAt, answerBy, it.joined ? beatAt + rhythm() : NEVER),

    tick(now: number): void {
      if (now >= answerBy) lose();
      if (next && now >= next.since + OPENING) failed();
      if (!next && now >= tryAt) connect(now);
      const late = now - beatAt - rhythm();
      // Who is very late has slept, and the server may take us for gone by now.
      if (it.joined && late >= 0) beat((++beats % PROOF === 0 && owner.onScreen()) || late >= BEAT_LATE);
    },
  };

  function close(state: LineState = 'idle'): void {
    it.state = state;
    it.lostSince = undefined;
    tryAt = NEVER;
    breakOff();
    next = drop(next);
  }

  /** The browser is online again or the page is shown: no more waiting, and is the line still good? */
  function nudge(): void {
    if (it.state === 'lost' || it.state === 'connecting') tryAt = fx.now();
    else if (it.joined && fx.visible()) beat(fx.now() - beatAt > BEAT_ON_SCREEN);
  }

  /** Gives the connection up and opens another after the back-off. */
  function lose(wait = backoff()): void {
    breakOff();
    miss(wait);
  }

  function breakOff(): void {
    current = drop(current);
    old = drop(old);
    it.id = 0;
    it.joined = false;
    answerBy = NEVER;
  }

  function notCurrent(): void {
    lose(superseded++ ? Math.max(SUPERSEDED, backoff()) : SUPERSEDED);
  }

  function rhythm(): number {
    return owner.onScreen() ? BEAT_ON_SCREEN : BEAT_HIDDEN;
  }

  function beat(proof: boolean): void {
    beatAt = fx.now();
    reclaims = 0;
    owner.beat(proof);
  }

  /** Full jitter, so that a fleet that lost its lines together does not come back together. */
  function backoff(): number {
    return Math.max(BACKOFF_MIN, Math.min(BACKOFF_MAX, 2 * BACKOFF_MIN * 2 ** tries++) * fx.random());
  }

  function miss(wait: number): void {
    const now = fx.now();
    if (!next) tryAt = now + wait;
    if (current) return;
    it.lostSince ??= now;
    // The first failures are no news yet: the page is still opening.
    if (it.state === 'open' || tries > 3) it.state = 'lost';
  }

  function failed(): void {
    next = drop(next);
    miss(backoff());
  }

  function drop(connection: Connection | undefined): undefined {
    if (!connection) return;
    connection.gone = true;
    connection.socket?.close();
  }

  function connect(now: number): void {
    const connection: Connection = { id: ++connections, since: now };
    /** Whatever a connection tells counts until it is given up. */
    const told =
      <A extends unknown[]>(fn: (...args: A) => void) =>
      (...args: A) => {
        if (connection.gone) return;
        fn(...args);
        owner.step();
      };
    const onclose = told(() => {
      if (connection === next) failed();
      else if (connection === current) lose();
      else old = undefined;
    });
    next = connection;
    token().then(
      (made) => {
        if (connection.gone) return;
        try {
          connection.socket = fx.socket(`${url}token=${encodeURIComponent(made)}`, {
            onopen: told(() => opened(connection)),
            onmessage: told(({ data }: { data: string }) => received(connection, data)),
            onclose,
          });
        } catch {
          onclose(); // an address that the browser will not open
        }
      },
      told((reason) => {
        if (reason instanceof Refused) close('refused');
        else failed();
      }),
    );
  }

  function opened(connection: Connection): void {
    next = undefined;
    drop(old);
    old = current;
    current = connection;
    it.id = connection.id;
    it.joined = false;
    answerBy = NEVER;
    tryAt = fx.now() + RENEW_FROM + RENEW_WITHIN * fx.random();
    owner.opened();
  }

  function received(connection: Connection, text: string): void {
    try {
      const frame = JSON.parse(text);
      if (typeof frame === 'object' && frame) return owner.frame(frame, connection === current);
    } catch {
      // Not a frame.
    }
  }

  return it;
}
