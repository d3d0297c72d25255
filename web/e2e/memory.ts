/**
 * A whole stack in memory, for work on the pages alone: dist/ as it would lie in the bucket, a log-in page, and the
 * protocol's server of the unit tests. Chosen by REJOIN_MEMORY=1; what counts is a run against a real stack.
 */
import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import type { BrowserContext, Route } from '@playwright/test';
import { Server } from '../shared/testing/server';
import type { Connection, Wire, World } from '../shared/testing/world';
import type { Far } from './line';
import type { Stack } from './stack';

const ORIGIN = 'http://localhost:8088';
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
/** A token that nobody checks here. */
const signed = (name: string) =>
  `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: name.replace(' ', '-'), name })}.`;
const parts = (token: string) => token.split('.').map((it) => Buffer.from(it, 'base64url').toString());

export class Memory {
  readonly stack: Stack = {
    demo: `${ORIGIN}/demo/index.html`,
    console: `${ORIGIN}/console/index.html`,
    ws: `ws://localhost:8088/ws`,
    siteSecret: 'secret',
    agents: [
      ...['Hana Lee', 'Ben Ortiz'].map((username) => ({ username, password: 'pass' })),
      { username: ADMIN, password: 'pass', admin: true },
    ],
  };
  private names = new Map<string, string>();
  private topics = new Map<string, string>();
  private count = 0;
  private server = new Server({
    faults: {},
    chance: () => false,
    random: Math.random,
    clock: { now: 0, after: (ms: number, fn: () => void) => setTimeout(fn, ms) },
    post: (line: Connection, frame: Wire) => {
      const text = JSON.stringify(this.dressed(frame));
      if (line.up) setTimeout(() => line.on.onmessage({ data: text }), 2);
    },
    close: (line: Connection) => line.on.onclose(),
  } as unknown as World);

  connect(url: string): Far {
    const token = new URL(url).searchParams.get('token') ?? '';
    const [header, claims] = parts(token)
      .slice(0, 2)
      .map((it) => JSON.parse(it));
    const agent = claims.iss === ORIGIN;
    const who = agent ? claims.name : header.jwk ? `v_${header.jwk.x}` : `c_${claims.sub}`;
    if (agent && who === ADMIN) this.server.library.admins.add(who);
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
        this.world().now = Date.now();
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

  /** A chat that the agent holds already as they come. */
  give(room: string, who: string): void {
    const it = this.server.room(room);
    Object.assign(it, { status: 'active', rev: it.rev + 1 });
    it.seats.agent.who = who;
  }

  async serve(context: BrowserContext): Promise<void> {
    await context.route(`${ORIGIN}/**`, (route) => this.answer(route));
  }

  private world(): { now: number } {
    return (this.server as unknown as { world: World }).world.clock;
  }

  /** What the unit tests' server leaves out of a room object. */
  private dressed(frame: Wire): Wire {
    const walk = (it: Wire): Wire => {
      if (Array.isArray(it)) return it.map(walk);
      if (!it || typeof it !== 'object') return it;
      const out = Object.fromEntries(Object.entries(it).map(([key, value]) => [key, walk(value)]));
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
    const last = [...room.messages.values()].filter(({ from }) => from !== 'system').at(-1)?.text;
    return {
      ...(last && { last: { text: last, from: 'customer', at: 0 } }),
      topic: this.topics.get(room.seats.customer.who),
      ...(room.status === 'waiting' && { position: before.length + 1 }),
    };
  }

  private async answer(route: Route): Promise<void> {
    const url = new URL(route.request().url());
    if (url.pathname === '/config.json')
      return route.fulfill({
        json: { ws: this.stack.ws, issuer: ORIGIN, clientId: 'console', login: `${ORIGIN}/login` },
      });
    if (url.pathname === '/demo/customers.json')
      return route.fulfill({
        json: ['Mina Park', 'Joon Kim'].map((name) => ({ name, token: signed(name) })),
      });
    if (url.pathname.startsWith('/login/')) return this.login(route, url);
    const path = resolve(DIST, `.${url.pathname}`);
    return route.fulfill({ contentType: TYPES[extname(path)] ?? 'text/plain', body: readFileSync(path) });
  }

  /** A log-in page like the hosted one. */
  private async login(route: Route, url: URL): Promise<void> {
    const query = Object.fromEntries(url.searchParams);
    if (url.pathname.endsWith('/authorize')) {
      const hidden = Object.entries(query).map(
        ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
      );
      const body = `<form action="accept">${hidden.join('')}<input name="username"><input name="password"><button type="submit">Sign in</button></form>`;
      return route.fulfill({ contentType: 'text/html', body });
    }
    if (url.pathname.endsWith('/accept')) {
      const code = part({ name: query.username, nonce: query.nonce });
      return this.send(route, `${query.redirect_uri}?code=${code}&state=${query.state}`);
    }
    if (url.pathname.endsWith('/token')) {
      const code = new URLSearchParams(route.request().postData() ?? '').get('code') ?? '';
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: ORIGIN,
        aud: 'console',
        iat: now,
        exp: now + 3600,
        ...JSON.parse(parts(code)[0] as string),
      };
      const id_token = `${part({ alg: 'RS256' })}.${part({ sub: claims.name, ...claims })}.${part({})}`;
      return route.fulfill({
        json: { id_token, access_token: 'a', refresh_token: 'r', token_type: 'Bearer', expires_in: 3600 },
      });
    }
    return this.send(route, query.logout_uri ?? '/');
  }

  /** A redirect; a fulfilled route's own is not followed. */
  private send(route: Route, to: string): Promise<void> {
    return route.fulfill({
      contentType: 'text/html',
      body: `<script>location.replace(${JSON.stringify(to)})</script>`,
    });
  }
}
