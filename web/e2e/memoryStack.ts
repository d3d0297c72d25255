/**
 * A whole stack in memory: dist/ as in the bucket, a log-in page, and the protocol server of the unit tests, which is held to the
 * controller's goldens. REJOIN_MEMORY=1 makes it the default for all tests.
 */
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server as Pages, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { CALM, type Connection, type Wire } from '../client/testing/network';
import { Server } from '../client/testing/server';
import { Network, type Upstream } from './network';
import type { Stack } from './stack';

const DIST = resolve(import.meta.dirname, '../dist');
const ADMIN = 'Ada Kim';
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A token with an empty signature, which is not checked. */
const signed = (name: string) =>
  `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: name.replace(' ', '-'), name })}.`;
const parts = (token: string) => token.split('.').map((it) => Buffer.from(it, 'base64url').toString());

export class MemoryStack {
  readonly stack: Stack;
  private origin: string;
  private names = new Map<string, string>();
  private topics = new Map<string, string>();
  private count = 0;
  private clock = { now: 0, after: (ms: number, fn: () => void) => setTimeout(fn, ms) };
  private server = new Server({
    faults: CALM,
    chance: () => false,
    random: Math.random,
    clock: this.clock,
    post: (line: Connection, frame: Wire) => {
      const text = JSON.stringify(this.dressed(frame));
      if (line.up) setTimeout(() => line.on.onmessage({ data: text }), 2);
    },
    close: (line: Connection) => line.on.onclose(),
  });

  private constructor(
    private pages: Pages,
    private gateway: Network,
    ws: string,
  ) {
    const origin = `http://localhost:${(pages.address() as AddressInfo).port}`;
    this.origin = origin;
    this.stack = {
      demo: `${origin}/demo/index.html`,
      console: `${origin}/console/index.html`,
      ws,
      siteSecret: 'secret',
      agents: [
        ...['Hana Lee', 'Ben Ortiz'].map((username) => ({ username, password: 'pass' })),
        { username: ADMIN, password: 'pass', admin: true },
      ],
    };
    pages.on('request', (request, response) => this.answer(request, response));
  }

  static async start(): Promise<MemoryStack> {
    const pages = createServer().listen(0, 'localhost');
    await once(pages, 'listening');
    const gateway = new Network();
    const ws = await gateway.start('ws://memory/ws', async (address) => memory.connect(address));
    const memory = new MemoryStack(pages, gateway, ws);
    return memory;
  }

  end(): void {
    this.gateway.end();
    this.pages.close();
    this.pages.closeAllConnections();
  }

  private connect(url: string): Upstream {
    const token = new URL(url).searchParams.get('token') ?? '';
    const [header, claims] = parts(token)
      .slice(0, 2)
      .map((it) => JSON.parse(it));
    const agent = claims.iss === this.origin;
    const who = agent ? `a_${claims.name}` : header.jwk ? `v_${header.jwk.x}` : `c_${claims.sub}`;
    if (agent && claims.name === ADMIN) this.server.lookups.admins.add(who);
    if (claims.name) this.names.set(who, claims.name);
    let message: (text: string) => void = () => {};
    let closed = () => {};
    const line = {
      id: `${++this.count}`,
      who,
      role: agent ? 'agent' : 'customer',
      at: this.count,
      up: true,
      on: {
        onopen: () => {},
        onmessage: ({ data }: { data: string }) => message(data),
        onclose: () => closed(),
      },
    } as unknown as Connection;
    return {
      send: (text) => {
        const frame = JSON.parse(text.toString());
        if (frame.profile?.name) this.names.set(who, frame.profile.name);
        if (frame.profile?.topic) this.topics.set(who, frame.profile.topic);
        this.clock.now = Date.now();
        this.server.handle(line, frame);
      },
      close: () => {
        if (line.up) this.server.gone(line);
        line.up = false;
      },
      onMessage: (fn) => {
        message = fn;
      },
      onClose: (fn) => {
        closed = fn;
      },
    };
  }

  /** The opening hours that the server knows, and what it tells customers. */
  get hours() {
    return this.server.hours;
  }

  /** Seats an agent in a room. */
  give(room: string, who: string): void {
    const it = this.server.room(room);
    Object.assign(it, { status: 'active', rev: it.rev + 1 });
    it.seats.agent.who = `a_${who}`;
  }

  /** So many customers start a chat at once, each with this text and from one place, and go on waiting. */
  crowd(size: number, text: string, from = ''): void {
    this.clock.now = Date.now();
    for (let i = 0; i < size; i++) {
      const at = ++this.count;
      const who = `c_crowd${at}`;
      this.names.set(who, `Crowd ${at}`);
      const on = { onopen() {}, onmessage() {}, onclose() {} };
      const line = { id: `${at}`, who, role: 'customer', at, up: true, on } as unknown as Connection;
      this.server.handle(line, { action: 'join', start: true });
      const room = [...this.server.rooms.values()].at(-1);
      if (room && from) room.from = from;
      this.server.handle(line, { action: 'message', room: room?.id, no: 1, text });
    }
  }

  /** Adds what the unit tests' server leaves out of a room. */
  private dressed(frame: Wire): Wire {
    const walk = (it: Wire): Wire => {
      if (Array.isArray(it)) return it.map(walk);
      if (!it || typeof it !== 'object') return it;
      const out = Object.fromEntries(Object.entries(it).map(([key, value]) => [key, walk(value)]));
      for (const key of ['name', 'by']) if (this.names.has(out[key])) out[key] = this.names.get(out[key]);
      const room = it.customer?.id && this.server.rooms.get(it.id);
      return room
        ? {
            ...out,
            ...this.more(room),
            customer: { ...it.customer, name: this.names.get(it.customer.id) ?? '' },
          }
        : out;
    };
    return walk(frame);
  }

  private more(room: Wire): Wire {
    const waiting = [...this.server.rooms.values()].filter(({ status }) => status === 'waiting');
    const before = waiting
      .slice(0, waiting.indexOf(room as never))
      .filter(({ seats }) => seats.customer.line);
    const last = [...room.messages.values()].filter(({ from }) => from !== 'system').at(-1);
    return {
      ...(last && { last: { text: last.text, from: last.from, at: last.at } }),
      ...(room.from && room.status === 'waiting' && { from: room.from }),
      topic: this.topics.get(room.seats.customer.who),
      ...(room.status === 'waiting' && { position: before.length + 1 }),
    };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = this;
    const { pathname, searchParams } = new URL(request.url ?? '', origin);
    if (pathname === '/config.json')
      json(response, { ws: this.stack.ws, issuer: origin, clientId: 'console', login: `${origin}/login` });
    else if (pathname === '/demo/customers.json')
      json(
        response,
        ['Mina Park', 'Joon Kim'].map((name) => ({ name, token: signed(name) })),
      );
    else if (pathname.startsWith('/login/'))
      this.login(pathname, Object.fromEntries(searchParams), await text(request), response);
    else {
      const path = join(DIST, normalize(pathname));
      if (!existsSync(path)) response.writeHead(404).end();
      else
        createReadStream(path).pipe(response.setHeader('content-type', TYPES[extname(path)] ?? 'text/plain'));
    }
  }

  /** A log-in page like the hosted one. */
  private login(path: string, query: Record<string, string>, body: string, response: ServerResponse): void {
    if (path.endsWith('/authorize')) {
      const hidden = Object.entries(query).map(
        ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
      );
      response
        .setHeader('content-type', 'text/html')
        .end(
          `<form action="accept">${hidden.join('')}<input name="username"><input name="password"><button type="submit">Sign in</button></form>`,
        );
    } else if (path.endsWith('/accept')) {
      const code = part({ name: query.username, nonce: query.nonce });
      send(response, `${query.redirect_uri}?code=${code}&state=${query.state}`);
    } else if (path.endsWith('/token')) {
      // A refresh token is the code once more: a console that connects again later renews its token.
      const sent = new URLSearchParams(body);
      const code = sent.get('code') ?? sent.get('refresh_token') ?? '';
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: this.origin,
        aud: 'console',
        iat: now,
        exp: now + 3600,
        ...JSON.parse(parts(code)[0] as string),
      };
      const id_token = `${part({ alg: 'RS256' })}.${part({ sub: claims.name, ...claims })}.${part({})}`;
      json(response, {
        id_token,
        access_token: 'a',
        refresh_token: code,
        token_type: 'Bearer',
        expires_in: 3600,
      });
    } else send(response, query.logout_uri ?? '/');
  }
}

function json(response: ServerResponse, value: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
}

function send(response: ServerResponse, to: string): void {
  response.writeHead(302, { location: to }).end();
}
