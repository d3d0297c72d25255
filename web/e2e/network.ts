import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';

/** The gateway's end of one connection. */
export interface Upstream {
  send(text: string): void;
  close(): void;
  onMessage(fn: (text: string) => void): void;
  onClose(fn: () => void): void;
}

/** Connects to the gateway as a page of this origin; a number is the HTTP status with which it refuses. */
export type Connect = (address: string, origin?: string) => Promise<Upstream | number>;

/** The gateway of a real stack. */
const connectToGateway: Connect = (address, origin) =>
  new Promise((done) => {
    const socket = new WebSocket(address, { origin });
    socket.on('unexpected-response', (_, { statusCode = 500 }) => done(statusCode));
    socket.on('error', () => done(502)); // after it has opened, a close follows
    socket.on('open', () =>
      done({
        send: (text) => socket.send(text),
        close: () => socket.terminate(),
        onMessage: (fn) => socket.on('message', (data) => fn(`${data}`)),
        onClose: (fn) => socket.on('close', fn),
      }),
    );
  });

/**
 * A proxy between one browser and the gateway. Its cut is a TCP connection that ends without a close frame, as on a real network.
 * Playwright's routed WebSockets end cleanly instead, and its offline mode only holds frames back.
 */
export class Network {
  /** Frames from the gateway that match are dropped. */
  dropsIncoming: RegExp | undefined;
  /** Frames to the gateway that match are dropped. */
  dropsOutgoing: RegExp | undefined;
  /** Answers frames to the gateway in its place. */
  answers: ((frame: Record<string, unknown>) => object | undefined) | undefined;
  /** Replaces frames from the gateway. */
  rewritesIncoming: (text: string) => string = (text) => text;
  /** The gateway's address with the token of the newest connection. */
  address = '';
  private down = false;
  private open = new Set<() => void>();
  private news = new EventEmitter();
  private upgrades = new WebSocketServer({ noServer: true });
  private server: Server | undefined;

  /** Listens, and forwards to the gateway at `ws`. Returns the address for the browser. */
  async start(ws: string, connect: Connect = connectToGateway): Promise<string> {
    const { pathname } = new URL(ws);
    this.server = createServer();
    this.server.on('upgrade', (request, socket, head) => {
      // An error without a listener would end the process.
      socket.on('error', () => {});
      const address = new URL(request.url ?? '', ws).href;
      this.join(address, connect, request, socket, head).catch(() => socket.destroy());
    });
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}${pathname}`;
  }

  /** Waits until a connection is open. */
  async connected(): Promise<void> {
    if (!this.open.size) await once(this.news, 'open');
  }

  /** Cuts all connections; new ones fail until restore(). */
  cut(): void {
    this.down = true;
    for (const end of this.open) end();
  }

  restore(): void {
    this.down = false;
    this.dropsIncoming = this.dropsOutgoing = this.answers = undefined;
  }

  /** Resolves once so many connections were refused since, because the network is cut. */
  async refused(connections: number): Promise<void> {
    for (let n = 0; n < connections; n++) await once(this.news, 'refused');
  }

  end(): void {
    this.cut();
    this.server?.close();
  }

  private async join(
    address: string,
    connect: Connect,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    if (this.down) {
      socket.destroy();
      this.news.emit('refused');
      return;
    }
    const far = await connect(address, request.headers.origin);
    if (typeof far === 'number') {
      socket.end(`HTTP/1.1 ${far} \r\nconnection: close\r\n\r\n`);
      return;
    }
    if (this.down) {
      far.close();
      socket.destroy();
      return;
    }
    this.address = address;
    this.upgrades.handleUpgrade(request, socket, head, (near) => {
      const end = () => {
        this.open.delete(end);
        near.terminate();
        far.close();
      };
      this.open.add(end);
      this.news.emit('open');
      near.on('message', (data) => {
        const answer = this.answers?.(JSON.parse(`${data}`));
        if (answer) near.send(JSON.stringify(answer));
        else if (!this.dropsOutgoing?.test(`${data}`)) far.send(`${data}`);
      });
      far.onMessage((text) => this.dropsIncoming?.test(text) || near.send(this.rewritesIncoming(text)));
      near.on('error', () => {}); // a close follows
      near.on('close', end);
      // The gateway closes with a close frame.
      far.onClose(() => near.close(1001));
    });
  }
}
