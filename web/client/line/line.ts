import { json } from '../wire/json';
import type { ClientFrame } from '../wire/protocol';
import { ANSWER_TIMEOUT, backoff } from './backoff';
import type { Effects, Socket } from './effects';
import type { LineState } from './state';

export const NEVER = Number.POSITIVE_INFINITY;
const OPEN_TIMEOUT = 10_000;
/** Wait after a `not_current`, ms; from the second in a row a back-off is added. */
const NOT_CURRENT_WAIT = 1_000;
const HEARTBEAT_ON_SCREEN = 25_000;
// API Gateway closes an idle connection after 10 min, and every connection after 2 h (AWS quotas).
const HEARTBEAT_HIDDEN = 4 * 60_000;
/** Later than the timers of a throttled page: the device slept, and a pong would not restore what it missed. */
const HEARTBEAT_LATE = 60_000;
const RENEW_FROM = 105 * 60_000;
const RENEW_WITHIN = 10 * 60_000;
/** Every fifth heartbeat is a join, because a pong says nothing about the room. */
const JOIN_EVERY = 5;
/** How often a device replaced by itself reconnects before it gives way. */
const MAX_RECLAIMS = 3;

/** Thrown by a token function when there is no identity to connect with: the line stops as `refused`. */
export class Refused extends Error {}

export interface LineListener {
  /** A connection has opened and is the current one: send a join. */
  opened(): void;
  /** current: false for a connection that a renewal is replacing. An error of the gateway itself has no `type`. */
  received(frame: object, current: boolean): void;
  /** asJoin: send a join instead of a ping. */
  heartbeat(asJoin: boolean): void;
  /** Is a conversation on screen? */
  onScreen(): boolean;
  /** Something happened: do what is due. */
  step(): void;
}

interface Connection {
  id: number;
  /** When it was started, ms since the epoch. */
  since: number;
  /** Its events are ignored from now on. */
  dropped?: boolean;
  socket?: Socket;
}

export type Line = ReturnType<typeof openLine>;

/**
 * One person's line to the server: a series of connections, one of which is current. The line notices a dead connection,
 * reconnects with a back-off, and renews a connection without a break before the gateway closes it.
 */
export function openLine(fx: Effects, url: string, token: () => Promise<string>, listener: LineListener) {
  let current: Connection | undefined;
  let old: Connection | undefined;
  let next: Connection | undefined;
  let connections = 0;
  let tryAt = NEVER;
  /** Connections in a row on which no join was answered. */
  let tries = 0;
  /** How much is turned away: each refusal adds one, each answer takes half. */
  let refusals = 0;
  /** How often this same device has replaced it since the last heartbeat. */
  let reclaims = 0;
  let answerBy = NEVER;
  let heartbeatAt = 0;
  let heartbeats = 0;

  const it = {
    state: 'idle' as LineState,
    lostSince: undefined as number | undefined,
    /** True once a join was answered on the current connection. */
    joined: false,
    /** Number of the current connection; 0 when there is none. */
    id: 0,
    /** Until then nothing is sent but heartbeats and the first join, ms since the epoch. */
    quietUntil: 0,

    open(): void {
      if (it.state === 'lost') nudge();
      else if (!/connecting|open/.test(it.state)) {
        it.state = 'connecting';
        tries = reclaims = 0;
        tryAt = fx.now();
      }
    },

    close,
    nudge,

    /** Opens another connection beside the current one, whose token is about to expire; the old one goes once it has joined. */
    renew(): void {
      if (it.joined) tryAt = fx.now();
    },
    reconnect,

    send(frame: ClientFrame): void {
      current?.socket?.send(json(frame));
    },

    /** Sends a frame that the server answers. While frames are turned away, only one at a time is sent. */
    askServer(frame: ClientFrame): void {
      it.send(frame);
      if (refusals) it.turnedAway(fx.now() + ANSWER_TIMEOUT);
    },

    /** A frame was sent that must be answered within ANSWER_TIMEOUT; otherwise the line reconnects. */
    expectAnswer(now: number): void {
      answerBy = Math.min(answerBy, now + ANSWER_TIMEOUT);
    },

    /** A frame was answered. accepted: by the server, and it did not ask to repeat it. */
    answered(accepted: boolean): void {
      answerBy = NEVER;
      if (!accepted) return;
      it.quietUntil = 0;
      // Whoever is turned away on each new connection must not begin anew with each.
      if (it.joined) refusals >>= 1;
    },

    /** A frame was turned away, and the answer does not say which one; or one has no answer by `now`. */
    turnedAway(now: number): void {
      if (now >= it.quietUntil) refusals++;
      it.quietUntil = now + backoff(fx, refusals);
    },

    /** A join was answered on the current connection. The old one is closed only now: make before break. */
    joinAnswered(): void {
      old = drop(old);
      if (it.joined) return;
      it.joined = true;
      it.state = 'open';
      it.lostSince = undefined;
      tries = heartbeats = 0;
      heartbeatAt = fx.now();
    },

    /** The server answered `not_current`: a newer connection of this person has joined. */
    notCurrent,

    /**
     * A newer connection of this person has joined. sameDevice: it is this device's own older connection, whose join came
     * late and looked newer by a clock that was ahead; the line reconnects. After MAX_RECLAIMS it gives way, because a
     * duplicated tab has the same device name.
     */
    replaced(isCurrent: boolean, sameDevice: boolean): void {
      if (!isCurrent) old = drop(old);
      else if (sameDevice && reclaims++ < MAX_RECLAIMS) notCurrent();
      else close('replaced');
    },

    due: (): number =>
      Math.min(
        next ? next.since + OPEN_TIMEOUT : tryAt,
        answerBy,
        it.joined ? heartbeatAt + heartbeatInterval() : NEVER,
      ),

    tick(now: number): void {
      if (now >= answerBy) reconnect();
      if (next && now >= next.since + OPEN_TIMEOUT) openFailed();
      if (!next && now >= tryAt) connect(now);
      const late = now - heartbeatAt - heartbeatInterval();
      // After a sleep the server may have ended this connection, so a late heartbeat is a join.
      if (it.joined && late >= 0)
        heartbeat((++heartbeats % JOIN_EVERY === 0 && listener.onScreen()) || late >= HEARTBEAT_LATE);
    },
  };

  function close(state: LineState = 'idle'): void {
    it.state = state;
    it.lostSince = undefined;
    tryAt = NEVER;
    dropConnections();
    next = drop(next);
  }

  /** The browser is online again, the page is shown, or the user asks for it: retry now, or check that the line is alive. */
  function nudge(): void {
    it.quietUntil = 0; // for one frame; its refusal brings the next, longer pause
    if (it.state === 'lost' || it.state === 'connecting') tryAt = fx.now();
    else if (it.joined && fx.visible()) heartbeat(fx.now() - heartbeatAt > HEARTBEAT_ON_SCREEN);
  }

  /** Drops the connections and opens another after the back-off. */
  function reconnect(wait = nextPause()): void {
    dropConnections();
    retryIn(wait);
  }

  function dropConnections(): void {
    current = drop(current);
    old = drop(old);
    it.id = 0;
    it.joined = false;
    answerBy = NEVER;
  }

  function notCurrent(): void {
    const pause = nextPause();
    reconnect(NOT_CURRENT_WAIT + (tries > 1 ? pause : 0));
  }

  function heartbeatInterval(): number {
    return listener.onScreen() ? HEARTBEAT_ON_SCREEN : HEARTBEAT_HIDDEN;
  }

  function heartbeat(asJoin: boolean): void {
    heartbeatAt = fx.now();
    reclaims = 0;
    listener.heartbeat(asJoin);
  }

  function nextPause(): number {
    return backoff(fx, ++tries + refusals);
  }

  function retryIn(wait: number): void {
    const now = fx.now();
    if (!next) tryAt = now + wait;
    if (current) return;
    it.lostSince ??= now;
    // The first failures are not shown: the page is still opening.
    if (it.state === 'open' || tries + refusals > 3) it.state = 'lost';
  }

  function openFailed(): void {
    next = drop(next);
    retryIn(nextPause());
  }

  function drop(connection: Connection | undefined): undefined {
    if (!connection) return;
    connection.dropped = true;
    connection.socket?.close();
  }

  function connect(now: number): void {
    const connection: Connection = { id: ++connections, since: now };
    /** Calls fn and then step(), unless the connection was dropped. */
    const whileInUse =
      <A extends unknown[]>(fn: (...args: A) => void) =>
      (...args: A) => {
        if (connection.dropped) return;
        fn(...args);
        listener.step();
      };
    const onclose = whileInUse(() => {
      if (connection === next) openFailed();
      else if (connection === current) reconnect();
      else old = undefined;
    });
    next = connection;
    token().then(
      (made) => {
        if (connection.dropped) return;
        try {
          connection.socket = fx.socket(`${url}token=${encodeURIComponent(made)}`, {
            onopen: whileInUse(() => opened(connection)),
            onmessage: whileInUse(({ data }: { data: string }) => received(connection, data)),
            onclose,
          });
        } catch {
          onclose(); // the browser refuses the address
        }
      },
      whileInUse((reason) => {
        if (reason instanceof Refused) close('refused');
        else openFailed();
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
    listener.opened();
  }

  function received(connection: Connection, text: string): void {
    try {
      const frame = JSON.parse(text);
      if (typeof frame === 'object' && frame) return listener.received(frame, connection === current);
    } catch {
      // Not JSON, so not a frame.
    }
  }

  return it;
}
