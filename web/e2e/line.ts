import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';

/** The gateway's end of one connection. */
export interface Far {
  send(text: string): void;
  close(): void;
  onMessage(fn: (text: string) => void): void;
  onClose(fn: () => void): void;
}

/** Connects to the gateway as a page of this origin; a number is the HTTP status with which it refuses. */
export type Reach = (address: string, origin?: string) => Promise<Far | number>;

/** The gateway of a real stack. */
const reached: Reach = (address, origin) =>
  new Promise((done) => {
    const socket = new WebSocket(address, { origin });
    socket.on('unexpected-response', (_, { statusCode = 500 }) => done(statusCode));
    socket.on('error', () => done(502)); // no news once it has opened: a close follows
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
 * The network between one browser and the gateway: a proxy, so that a cut is what a browser sees of one, a TCP connection
 * that ends without a close frame. A WebSocket that the test tool routes ends cleanly instead, with code 0, and the tool's
 * offline mode only holds an open socket's frames back.
 */
export class Line {
  /** Frames from the gateway that are lost, and nobody notices. */
  loses: RegExp | undefined;
  /** Frames to the gateway that are lost. */
  swallows: RegExp | undefined;
  /** What the gateway says, in other words. */
  rewrites: (text: string) => string = (text) => text;
  /** The gateway's address, with the token of the newest connection. */
  address = '';
  private down = false;
  private open = new Set<() => void>();
  private news = new EventEmitter();
  private upgrades = new WebSocketServer({ noServer: true });
  private server: Server | undefined;

  /** Listens, and leads to the gateway at `ws`. Answers the address that the browser has to be given instead of it. */
  async lead(ws: string, reach: Reach = reached): Promise<string> {
    const { pathname } = new URL(ws);
    this.server = createServer();
    this.server.on('upgrade', (request, socket, head) => {
      // A socket without a listener for its errors would end the test.
      socket.on('error', () => {});
      const address = new URL(request.url ?? '', ws).href;
      this.join(address, reach, request, socket, head).catch(() => socket.destroy());
    });
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}${pathname}`;
  }

  /** Waits until a connection is open. */
  async connected(): Promise<void> {
    if (!this.open.size) await once(this.news, 'open');
  }

  /** Cuts what is open; new connections fail too. */
  cut(): void {
    this.down = true;
    for (const end of this.open) end();
  }

  mend(): void {
    this.down = false;
    this.loses = this.swallows = undefined;
  }

  end(): void {
    this.cut();
    this.server?.close();
  }

  private async join(
    address: string,
    reach: Reach,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    if (this.down) {
      socket.destroy();
      return;
    }
    const far = await reach(address, request.headers.origin);
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
      near.on('message', (data) => this.swallows?.test(`${data}`) || far.send(`${data}`));
      far.onMessage((text) => this.loses?.test(text) || near.send(this.rewrites(text)));
      near.on('error', () => {}); // a close follows
      near.on('close', end);
      // The gateway's own end is a clean one.
      far.onClose(() => near.close(1001));
    });
  }
}
