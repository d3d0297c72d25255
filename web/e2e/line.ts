import type { BrowserContext, WebSocketRoute } from '@playwright/test';

/** The gateway's end of one socket. */
export interface Far {
  send(text: string | Buffer): void;
  close(): void;
  onMessage(fn: (text: string | Buffer) => void): void;
  onClose(fn: () => void): void;
}

/** The network between one browser and the gateway. Chromium's own offline mode leaves open WebSockets alone. */
export class Line {
  /** Frames from the gateway that are lost, and nobody notices. */
  loses: RegExp | undefined;
  /** Frames to the gateway that are lost. */
  swallows: RegExp | undefined;
  /** What the gateway says, in other words. */
  rewrites: (text: string) => string = (text) => text;
  /** Where the newest connection goes, with its token. */
  address = '';
  private down = false;
  private open = new Set<() => void>();

  static async of(context: BrowserContext, ws: string, reach: (route: WebSocketRoute) => Far): Promise<Line> {
    const line = new Line();
    const { host } = new URL(ws);
    await context.routeWebSocket(
      (url) => url.host === host,
      (near) => line.join(near, reach),
    );
    return line;
  }

  /** Cuts what is open; new connections fail too. */
  cut(): void {
    this.down = true;
    for (const close of this.open) close();
    this.open.clear();
  }

  mend(): void {
    this.down = false;
    this.loses = this.swallows = undefined;
  }

  private join(near: WebSocketRoute, reach: (route: WebSocketRoute) => Far): void {
    if (this.down) {
      near.close();
      return;
    }
    this.address = near.url();
    const far = reach(near);
    const close = () => {
      near.close();
      far.close();
    };
    this.open.add(close);
    near.onMessage((text) => this.swallows?.test(text.toString()) || far.send(text));
    far.onMessage((text) => this.down || this.loses?.test(`${text}`) || near.send(this.rewrites(`${text}`)));
    near.onClose(() => {
      this.open.delete(close);
      far.close();
    });
    far.onClose(() => {
      this.open.delete(close);
      near.close();
    });
  }
}
