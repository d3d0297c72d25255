import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import AxeBuilder from '@axe-core/playwright';
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test';
import { Scripted } from './crowd';
import { Desk } from './desk';
import { Line } from './line';
import { Memory } from './memory';
import { leads } from './network';
import { Shop } from './shop';
import { endpoints, quickEndpoints, read, type Stack } from './stack';

export interface Choices {
  /** Nobody says which languages the browsers speak, not even the test tool, which would say `en-US`. */
  noLocale: boolean;
  /**
   * The stack: `deployed` is the worker's own, `quick` the one whose chats end by short rules, and `memory` the unit tests'
   * server behind real HTTP and WebSockets. A test whose subject is the page alone runs in memory; one about conversations,
   * rooms, log-in, figures or the line runs on a deployed stack.
   */
  on: 'memory' | 'deployed' | 'quick';
}

interface Fixtures extends Choices {
  memory: Memory | undefined;
  stack: Stack;
  browserOf: (options?: BrowserContextOptions) => Promise<{ context: BrowserContext; line: Line }>;
  /** A customer's browser on the shop's page. */
  shop: (options?: BrowserContextOptions & { lang?: 'en' | 'ko' }) => Promise<Shop>;
  /** A customer of this name without a browser, connected; nobody else bears it. */
  scripted: (name: string) => Scripted;
  /** A browser of the nth agent, or of the admin, logged in. */
  desk: (agent?: number | 'admin', options?: BrowserContextOptions & { lang?: 'en' | 'ko' }) => Promise<Desk>;
  /** A customer who asked this, and the agent who has their chat. */
  talk: (
    text: string,
    options?: BrowserContextOptions,
  ) => Promise<{ name: string; customer: Shop; agent: Desk }>;
}

export const test = base.extend<Fixtures>({
  noLocale: [false, { option: true }],
  on: [process.env.REJOIN_MEMORY ? 'memory' : 'deployed', { option: true }],
  memory: async ({ on }, use) => {
    const memory = on === 'memory' ? await Memory.start() : undefined;
    await use(memory);
    memory?.end();
  },
  stack: async ({ memory, on }, use, { parallelIndex }) =>
    use(memory?.stack ?? read(on === 'quick' ? quickEndpoints() : endpoints(parallelIndex))),
  browserOf: async ({ browser, noLocale, stack, viewport }, use) => {
    const all: { context: BrowserContext; line: Line }[] = [];
    await use(async (options) => {
      const context = await browser.newContext({
        viewport,
        reducedMotion: 'reduce',
        ...options,
        ...(noLocale && { locale: undefined }),
      });
      const line = new Line();
      all.push({ context, line });
      await leads(context, await line.lead(stack.ws));
      await koreanLetters(context);
      return { context, line };
    });
    await Promise.all(all.map(({ context }) => context.close()));
    for (const { line } of all) line.end();
  },
  shop: async ({ browserOf, stack }, use) => {
    const shops: Shop[] = [];
    await use(async ({ lang = 'en', ...options } = {}) => {
      const { context, line } = await browserOf(options);
      const shop = await Shop.visit(context, line, `${stack.demo}?lang=${lang}`);
      shops.push(shop);
      return shop;
    });
    for (const shop of shops) await shop.leave();
  },
  scripted: async ({ stack }, use) => {
    const all: Scripted[] = [];
    await use((name) => {
      const one = new Scripted(stack, name);
      all.push(one);
      return one;
    });
    await Promise.all(all.map((one) => one.leave()));
  },
  desk: async ({ browserOf, stack }, use) => {
    await use(async (agent = 0, { lang = 'en', ...options } = {}) => {
      const { context, line } = await browserOf({ locale: lang, ...options });
      const who =
        agent === 'admin'
          ? stack.agents.find((it) => it.admin)
          : stack.agents.filter((it) => !it.admin)[agent];
      if (!who) throw new Error(`the stack has no agent ${agent}`);
      return Desk.enter(context, line, stack.console, who);
    });
  },
  talk: async ({ shop, desk }, use) => {
    await use(async (text, options) => {
      const name = somebody();
      const customer = await shop(options);
      const agent = await desk();
      await customer.start(name, text);
      await agent.take(name);
      await customer.answered();
      return { name, customer, agent };
    });
  },
});

export { expect };

/** Waits for what a page with a clock of the tests' own (`page.clock.install()`) learns every so many ms, without that wait. */
export async function inTime(page: Page, every: number, holds: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.clock.fastForward(every);
    await holds();
  }).toPass();
}

/** No accessibility fault that axe knows, at the levels A and AA of WCAG 2.2 and of its own good practice. */
export async function accessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { passes, violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  process.stdout.write(`axe: ${passes.length} rules passed, ${violations.length} violated\n`);
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((it) => it.html) }))).toEqual([]);
}

/** Everything that can be pressed is so wide and high at least, but for links within a text. */
export async function roomy(page: Page, px: number): Promise<void> {
  const small = await page.evaluate((least) => {
    const pressed = 'button, a[href], select, summary, input, textarea, [role=option]';
    return [...document.querySelectorAll<HTMLElement>(pressed)].flatMap((it) => {
      if (!it.checkVisibility() || it.closest('.bubble, .visually-hidden, [popover]:not(:popover-open)'))
        return [];
      // A choice is its label's, a link that covers a card or a row the whole of it.
      const whole = it.matches('[type=radio], [type=checkbox]')
        ? 'label'
        : it.matches('.cover')
          ? '.card, tr'
          : '';
      const choice = whole && it.closest(whole);
      const { width, height } = (choice || it).getBoundingClientRect();
      const clipped = width < 3 && height < 3; // for the keyboard alone
      return clipped || (width >= least - 0.5 && height >= least - 0.5)
        ? []
        : [`${Math.round(width)}×${Math.round(height)} ${it.outerHTML.slice(0, 120)}`];
    });
  }, px);
  expect(small).toEqual([]);
}

/** Machines without Korean letters would draw boxes. */
async function koreanLetters(context: BrowserContext): Promise<void> {
  const file = createRequire(import.meta.url).resolve(
    '@fontsource/nanum-gothic/files/nanum-gothic-korean-400-normal.woff2',
  );
  const font = readFileSync(file).toString('base64');
  await context.addInitScript((data) => {
    const bytes = Uint8Array.from(atob(data), (it) => it.charCodeAt(0));
    document.fonts.add(
      new FontFace('Malgun Gothic', bytes, { unicodeRange: 'U+1100-11FF, U+3130-318F, U+AC00-D7AF' }),
    );
  }, font);
}

/** A name that no other test's customer has. */
export const somebody = (name = 'Mina') => `${name} ${Math.random().toString(36).slice(2, 7)}`;
