import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BrowserContextOptions, Locator, Page } from '@playwright/test';
import { en } from '../console/stats/en';
import { ko } from '../console/stats/ko';
import { Ask } from './ask';
import type { Desk } from './desk';
import { test as base } from './fixtures';
import type { Chat } from './reference';
import { endpoints } from './stack';

const ROOT = resolve(import.meta.dirname, '../..');

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Days that are over wherever the reader is: other tests' chats end today. */
export const LAST = Date.now() - 2 * DAY;
export const FIRST = LAST - 16 * DAY;
/** Screens. */
export const WIDE = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

/** YYYY-MM-DD where the reader is. */
export const dayOf = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(at);
export const days = (first: number, last: number, zone: string) =>
  `from=${dayOf(first, zone)}&to=${dayOf(last, zone)}`;

/** All chats that began on days that the reader has between these two. */
export async function began(ask: Ask, first: number, last: number, zone: string): Promise<Chat[]> {
  const chats = await ask.ended(first - 2 * DAY, last + 2 * DAY);
  const [from, to] = [dayOf(first, zone), dayOf(last, zone)];
  return chats.filter((it) => dayCounted(it, zone) >= from && dayCounted(it, zone) <= to);
}

/** An hour, which is one of UTC, counts in the day in which it begins. */
export const dayCounted = ({ created }: Chat, zone: string) => dayOf(created - (created % HOUR), zone);

interface Fixtures {
  /** An admin's console on a stack with a month of chats, and a connection that asks what the dashboard should say. */
  dashboard: (
    options?: BrowserContextOptions & { lang?: 'en' | 'ko' },
  ) => Promise<{ board: Board; ask: Ask }>;
}

export const test = base.extend<Fixtures>({
  on: 'deployed', // a stack in memory counts nothing
  dashboard: async ({ desk }, use, { parallelIndex }) => {
    const asks: Ask[] = [];
    await use(async (options) => {
      const admin = await desk('admin', { ...WIDE, ...options });
      const ask = await Ask.beside(admin);
      asks.push(ask);
      await fillMonth(ask, endpoints(parallelIndex));
      return { board: new Board(admin), ask };
    });
    for (const ask of asks) ask.close();
  },
});

/** Gives the stack a month of chats to look back at, as `make up` does, where it has none. */
async function fillMonth(ask: Ask, stack: string): Promise<void> {
  const now = Date.now();
  const past = await ask.of({ action: 'stats', by: 'range', from: now - 25 * DAY, to: now - 5 * DAY });
  if (past.rows[0]?.started > 100) return;
  execFileSync('go', ['run', './localstack/month', stack], { cwd: ROOT });
}

/** The agent's dashboard. */
export class Board {
  readonly words: typeof en;

  constructor(readonly desk: Desk) {
    this.words = desk.words.login === 'Log in' ? en : ko;
  }

  get page(): Page {
    return this.desk.page;
  }

  /** Goes there, to the days and the agent of a query, and waits for its figures. */
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

  /** What the file of a chart says, by the names of its columns. */
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

  /** The cells of its table, with the names of the rows. */
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

  /** What each point of the chart says, as the keyboard goes along it. */
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
