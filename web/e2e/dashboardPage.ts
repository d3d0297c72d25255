import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BrowserContextOptions, Locator, Page } from '@playwright/test';
import { en } from '../console/stats/en';
import { ko } from '../console/stats/ko';
import { AgentConnection } from './agentConnection';
import type { ConsolePage } from './consolePage';
import { test as base } from './fixtures';
import type { Chat } from './reference';
import { endpoints } from './stack';

const ROOT = resolve(import.meta.dirname, '../..');

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Past days in every time zone; other tests' chats end today. */
export const LAST = Date.now() - 2 * DAY;
export const FIRST = LAST - 16 * DAY;
export const WIDE = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

/** YYYY-MM-DD in a time zone. */
export const dayOf = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(at);
export const days = (first: number, last: number, zone: string) =>
  `from=${dayOf(first, zone)}&to=${dayOf(last, zone)}`;

/** All chats that began between two days of a time zone. */
export async function began(
  connection: AgentConnection,
  first: number,
  last: number,
  zone: string,
): Promise<Chat[]> {
  const chats = await connection.endedChats(first - 2 * DAY, last + 2 * DAY);
  const [from, to] = [dayOf(first, zone), dayOf(last, zone)];
  return chats.filter((it) => dayCounted(it, zone) >= from && dayCounted(it, zone) <= to);
}

/** Counts are kept by hours of UTC; each counts for the day in which it begins. */
export const dayCounted = ({ created }: Chat, zone: string) => dayOf(created - (created % HOUR), zone);

interface Fixtures {
  /** An admin's console on a stack with a month of chats, and a connection for the expected figures. */
  openDashboard: (
    options?: BrowserContextOptions & { lang?: 'en' | 'ko' },
  ) => Promise<{ dashboard: DashboardPage; connection: AgentConnection }>;
}

export const test = base.extend<Fixtures>({
  on: 'deployed', // the memory stack has no figures
  openDashboard: async ({ openConsole }, use, { parallelIndex }) => {
    const connections: AgentConnection[] = [];
    await use(async (options) => {
      const admin = await openConsole('admin', { ...WIDE, ...options });
      const connection = await AgentConnection.beside(admin);
      connections.push(connection);
      await fillMonth(connection, endpoints(parallelIndex));
      return { dashboard: new DashboardPage(admin), connection };
    });
    for (const connection of connections) connection.close();
  },
});

/** Writes a month of past chats, as `make up` does, unless the stack has one. */
async function fillMonth(connection: AgentConnection, stack: string): Promise<void> {
  const now = Date.now();
  const past = await connection.request({
    action: 'stats',
    by: 'range',
    from: now - 25 * DAY,
    to: now - 5 * DAY,
  });
  if (past.rows[0]?.started > 100) return;
  execFileSync('go', ['run', './localstack/month', stack], { cwd: ROOT });
}

/** The dashboard in an agent's console. */
export class DashboardPage {
  readonly words: typeof en;

  constructor(readonly consolePage: ConsolePage) {
    this.words = consolePage.words.login === 'Log in' ? en : ko;
  }

  get page(): Page {
    return this.consolePage.page;
  }

  /** Opens the dashboard with a query such as `from=2026-11-01&to=2026-11-07`, and waits for its figures. */
  async open(query = ''): Promise<void> {
    await this.page.evaluate((hash) => location.assign(hash), `#/stats${query && `?${query}`}`);
    await this.there();
  }

  async there(): Promise<void> {
    await this.page.locator('.stats[aria-busy=false] .figures:not(.outdated)').waitFor();
  }

  /** One of the figures above the charts. */
  tile(name: string): Locator {
    return this.page
      .locator('.tiles > div', { has: this.page.getByText(name, { exact: true }) })
      .locator('.value');
  }

  panel(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** The rows of a chart's CSV file, by column name. */
  async file(title: string): Promise<Record<string, string>[]> {
    await this.page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
    const loading = this.page.waitForEvent('download');
    await this.panel(title)
      .getByRole('button', { name: this.words.csvOf.replace('{title}', title) })
      .click();
    const text = readFileSync(await (await loading).path(), 'utf8').replace('\uFEFF', '');
    const [[first = '', ...others] = [], ...rows] = text
      .trim()
      .split('\r\n')
      .map((line) =>
        [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted ?? bare),
      );
    const head = [first.replace(/ \(\S+\)$/, ''), ...others]; // without the time zone
    return rows.map((row) => Object.fromEntries(head.map((name, i) => [name ?? '', row[i] ?? ''])));
  }

  /** The cells of a chart's table, row names included. */
  async table(title: string): Promise<string[][]> {
    const button = this.panel(title).getByRole('button', {
      name: this.words.tableOf.replace('{title}', title),
    });
    await button.click();
    const cells = await this.panel(title)
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('th, td')].map((it) => it.textContent?.trim() ?? '')),
      );
    await button.click();
    return cells;
  }

  /** The text of each point of a chart, read by keyboard. */
  async points(title: string): Promise<string[]> {
    const scrub = this.panel(title).getByRole('slider');
    await scrub.focus();
    await this.page.keyboard.press('Home');
    const all = Number(await scrub.getAttribute('max')) + 1;
    const said: string[] = [];
    for (let point = 0; point < all; point++) {
      said.push((await scrub.getAttribute('aria-valuetext')) ?? '');
      await this.page.keyboard.press('ArrowRight');
    }
    return said;
  }
}
