import type { BrowserContext, Locator, Page } from '@playwright/test';
import { words } from '../console/words';
import type { Network } from './network';

/** The agent at the console. */
export class ConsolePage {
  readonly log: Locator;
  readonly field: Locator;
  readonly toast: Locator;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly network: Network,
    readonly words: typeof import('../console/words').words.en,
  ) {
    this.log = page.getByRole('log');
    this.field = page.locator('.composer textarea');
    this.toast = page.locator('.toast');
  }

  static async enter(
    context: BrowserContext,
    network: Network,
    address: string,
    agent: { username: string; password: string },
  ): Promise<ConsolePage> {
    const page = await context.newPage();
    await page.goto(address);
    const lang = (await page.locator('html').getAttribute('lang')) === 'ko' ? 'ko' : 'en';
    const consolePage = new ConsolePage(context, page, network, words[lang]);
    await page.getByRole('button', { name: consolePage.words.login }).click();
    await page.locator('input[name=username]').fill(agent.username);
    await page.locator('input[name=password]').fill(agent.password);
    await page.locator('[type=submit]').click();
    await page.getByRole('heading', { name: new RegExp(`^${consolePage.words.queue}`) }).waitFor();
    return consolePage;
  }

  /** Makes the token look expired, so that the next connection renews it. */
  async expireToken(): Promise<void> {
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

  /** Those of these names among the agent's chats, in the order of the list. */
  async chats(names: readonly string[]): Promise<string[]> {
    const all = await this.page.locator('.chats .card b').allTextContents();
    return all.filter((it) => names.includes(it));
  }

  /** Opens a view by its link in the bar. */
  async view(view: 'chats' | 'past' | 'canned' | 'stats'): Promise<void> {
    await this.page.getByRole('link', { name: this.words[`view_${view}`], exact: true }).click();
  }

  /** Clicks an item of the menu under the agent's name. */
  async menu(item: 'notifications' | 'shortcuts' | 'logout'): Promise<void> {
    await this.page.locator('.account').click();
    await this.page.locator('.menu').getByRole('button', { name: this.words[item], exact: true }).click();
  }

  /** The agent's name as customers and colleagues see it. */
  async name(): Promise<string> {
    return (await this.page.locator('.account .account-name').textContent()) ?? '';
  }

  /** The open room of a customer; up to three are side by side. */
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
