import type { BrowserContext, Locator, Page } from '@playwright/test';
import { words } from '../console/words';
import type { Line } from './line';

/** The agent at the console. */
export class Desk {
  readonly log: Locator;
  readonly field: Locator;
  readonly toast: Locator;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly line: Line,
    readonly words: typeof import('../console/words').words.en,
  ) {
    this.log = page.getByRole('log');
    this.field = page.locator('.composer textarea');
    this.toast = page.locator('.toast');
  }

  static async enter(
    context: BrowserContext,
    line: Line,
    address: string,
    agent: { username: string; password: string },
  ): Promise<Desk> {
    const page = await context.newPage();
    await page.goto(address);
    const lang = (await page.locator('html').getAttribute('lang')) === 'ko' ? 'ko' : 'en';
    const desk = new Desk(context, page, line, words[lang]);
    await page.getByRole('button', { name: desk.words.login }).click();
    await page.locator('input[name=username]').fill(agent.username);
    await page.locator('input[name=password]').fill(agent.password);
    await page.locator('[type=submit]').click();
    await page.getByRole('heading', { name: desk.words.queue }).waitFor();
    return desk;
  }

  /** As if the log-in were some minutes ago: the next connection needs a token that is renewed. */
  async age(): Promise<void> {
    await this.page.evaluate(() => {
      const tokens = JSON.parse(sessionStorage.getItem('rejoin.tokens') ?? '{}');
      sessionStorage.setItem('rejoin.tokens', JSON.stringify({ ...tokens, at: 0 }));
    });
  }

  waiting(name: string): Locator {
    return this.page.getByRole('button', { name: this.words.takeNamed.replace('{name}', name) });
  }

  chat(name: string): Locator {
    return this.page.locator('.chats').getByRole('link', { name });
  }

  /** My chats of these names, in the order of the list. */
  async chats(names: readonly string[]): Promise<string[]> {
    const all = await this.page.locator('.chats .card b').allTextContents();
    return all.filter((it) => names.includes(it));
  }

  /** By its name in the bar. */
  async view(view: 'chats' | 'past' | 'canned' | 'stats'): Promise<void> {
    await this.page.getByRole('link', { name: this.words[`view_${view}`], exact: true }).click();
  }

  /** What is in the menu under the agent's name. */
  async menu(item: 'notifications' | 'shortcuts' | 'logout'): Promise<void> {
    await this.page.locator('.account').click();
    await this.page.locator('.menu').getByRole('button', { name: this.words[item], exact: true }).click();
  }

  /** As customers and colleagues see it. */
  async name(): Promise<string> {
    return (await this.page.locator('.account .account-name').textContent()) ?? '';
  }

  /** The room of one customer, of those side by side. */
  room(name: string): Locator {
    return this.page.getByRole('region', { name: this.words.roomOf.replace('{name}', name) });
  }

  async take(name: string): Promise<void> {
    await this.waiting(name).click();
    await this.field.waitFor();
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  text(text: string): Locator {
    return this.log.locator('.bubble', { hasText: text });
  }
}
