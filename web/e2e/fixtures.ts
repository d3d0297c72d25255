import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import AxeBuilder from '@axe-core/playwright';
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { ConsolePage } from './consolePage';
import { MemoryStack } from './memoryStack';
import { Network } from './network';
import { ScriptedCustomer } from './scriptedCustomer';
import { ShopPage } from './shopPage';
import { endpoints, quickEndpoints, read, type Stack } from './stack';
import { connectThrough } from './toxiproxy';

export interface Choices {
  /** The browser has no language set; Playwright's default would be `en-US`. */
  noLocale: boolean;
  /**
   * The stack: `deployed` is the worker's own, `quick` has rules of seconds and is shared, `memory` is the unit tests' server behind
   * real HTTP and WebSockets. Tests of the page alone run in memory; tests of conversations, rooms, log-in, figures or connections
   * run on a deployed stack.
   */
  on: 'memory' | 'deployed' | 'quick';
}

interface Fixtures extends Choices {
  memory: MemoryStack | undefined;
  stack: Stack;
  openBrowser: (options?: BrowserContextOptions) => Promise<{ context: BrowserContext; network: Network }>;
  /** Opens the demo shop in a new browser; the chat is ended after the test. */
  openShop: (options?: BrowserContextOptions & { lang?: 'en' | 'ko' }) => Promise<ShopPage>;
  /** A connected customer without a browser; the chat is ended after the test. */
  scriptedCustomer: (name: string) => ScriptedCustomer;
  /** Logs the nth agent, or the admin, in to the console in a new browser. */
  openConsole: (
    agent?: number | 'admin',
    options?: BrowserContextOptions & { lang?: 'en' | 'ko' },
  ) => Promise<ConsolePage>;
  /** A customer who wrote this text, and the agent who took the chat. */
  talk: (
    text: string,
    options?: BrowserContextOptions,
  ) => Promise<{ name: string; customer: ShopPage; agent: ConsolePage }>;
}

export const test = base.extend<Fixtures>({
  noLocale: [false, { option: true }],
  on: [process.env.REJOIN_MEMORY ? 'memory' : 'deployed', { option: true }],
  memory: async ({ on }, use) => {
    const memory = on === 'memory' ? await MemoryStack.start() : undefined;
    await use(memory);
    memory?.end();
  },
  stack: async ({ memory, on }, use, { parallelIndex }) =>
    use(memory?.stack ?? read(on === 'quick' ? quickEndpoints() : endpoints(parallelIndex))),
  openBrowser: async ({ browser, noLocale, stack, viewport }, use) => {
    const all: { context: BrowserContext; network: Network }[] = [];
    await use(async (options) => {
      const context = await browser.newContext({
        viewport,
        reducedMotion: 'reduce',
        ...options,
        ...(noLocale && { locale: undefined }),
      });
      const network = new Network();
      all.push({ context, network });
      await connectThrough(context, await network.start(stack.ws));
      await loadKoreanFont(context);
      return { context, network };
    });
    await Promise.all(all.map(({ context }) => context.close()));
    for (const { network } of all) network.end();
  },
  openShop: async ({ openBrowser, stack }, use) => {
    const shops: ShopPage[] = [];
    await use(async ({ lang = 'en', ...options } = {}) => {
      const { context, network } = await openBrowser(options);
      const shop = await ShopPage.visit(context, network, `${stack.demo}?lang=${lang}`);
      shops.push(shop);
      return shop;
    });
    for (const shop of shops) await shop.leave();
  },
  scriptedCustomer: async ({ stack }, use) => {
    const all: ScriptedCustomer[] = [];
    await use((name) => {
      const one = new ScriptedCustomer(stack, name);
      all.push(one);
      return one;
    });
    await Promise.all(all.map((one) => one.leave()));
  },
  openConsole: async ({ openBrowser, stack }, use) => {
    await use(async (agent = 0, { lang = 'en', ...options } = {}) => {
      const { context, network } = await openBrowser({ locale: lang, ...options });
      const who =
        agent === 'admin'
          ? stack.agents.find((it) => it.admin)
          : stack.agents.filter((it) => !it.admin)[agent];
      if (!who) throw new Error(`the stack has no agent ${agent}`);
      return ConsolePage.enter(context, network, stack.console, who);
    });
  },
  talk: async ({ openShop, openConsole }, use) => {
    await use(async (text, options) => {
      const name = uniqueName();
      const customer = await openShop(options);
      const agent = await openConsole();
      await customer.start(name, text);
      await agent.take(name);
      await customer.waitUntilTaken();
      return { name, customer, agent };
    });
  },
});

export { expect };

/** Waits for the result of a poll by passing its time (ms) on the page's fake clock (`page.clock.install()`). */
export async function afterPolls(page: Page, every: number, holds: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.clock.fastForward(every);
    await holds();
  }).toPass();
}

/** Expects no violation of axe's rules for WCAG 2.2 A and AA and for best practice. */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  // No page has a frame of another origin. Only for those a second page would be opened for each analysis.
  const { passes, violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(tags).analyze();
  process.stdout.write(`axe: ${passes.length} rules passed, ${violations.length} violated\n`);
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((it) => it.html) }))).toEqual([]);
}

/** Takes a picture for somebody to look at, such as those of the documentation, where REJOIN_PICTURES is set. */
export async function picture(page: Page | Locator, path: string): Promise<void> {
  if (process.env.REJOIN_PICTURES) await page.screenshot({ path });
}

/** Expects every control to be at least this wide and high, but for links within a text. */
export async function expectTargetSize(page: Page, px: number): Promise<void> {
  const small = await page.evaluate((least) => {
    const pressed = 'button, a[href], select, summary, input, textarea, [role=option]';
    return [...document.querySelectorAll<HTMLElement>(pressed)].flatMap((it) => {
      if (!it.checkVisibility() || it.closest('.bubble, .visually-hidden, [popover]:not(:popover-open)'))
        return [];
      // A choice is as large as its label, a link over a card or a row as large as that.
      const whole = it.matches('[type=radio], [type=checkbox]')
        ? 'label'
        : it.matches('.cover')
          ? '.card, tr'
          : '';
      const choice = whole && it.closest(whole);
      const { width, height } = (choice || it).getBoundingClientRect();
      const clipped = width < 3 && height < 3; // only reachable by keyboard
      return clipped || (width >= least - 0.5 && height >= least - 0.5)
        ? []
        : [`${Math.round(width)}×${Math.round(height)} ${it.outerHTML.slice(0, 120)}`];
    });
  }, px);
  expect(small).toEqual([]);
}

/** Loads Korean letters, which the machine may not have. */
async function loadKoreanFont(context: BrowserContext): Promise<void> {
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

/** A customer's name that no other test uses. */
export const uniqueName = (name = 'Mina') => `${name} ${Math.random().toString(36).slice(2, 7)}`;
