import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { CHAT_OPEN } from '../widget/embed';
import en from '../widget/words/en';
import enTalk from '../widget/words/en.conversation';
import enHours from '../widget/words/en.hours';
import enOver from '../widget/words/en.rating';
import type { Word, Words } from '../widget/words/keys';
import ko from '../widget/words/ko';
import koTalk from '../widget/words/ko.conversation';
import koHours from '../widget/words/ko.hours';
import koOver from '../widget/words/ko.rating';
import type { Network } from './network';

/** The panel's background, #fff and #131a17, as browsers write mixed colours. */
export const GROUND = { light: 'color(srgb 1 1 1)', dark: 'color(srgb 0.0745098 0.101961 0.0901961)' };

/** A customer's browser on the shop's page. */
export class ShopPage {
  readonly chat: Locator;
  /** The current chat; past ones are outside of it. */
  readonly log: Locator;
  readonly field: Locator;
  readonly words: Record<Word | 'open', string>;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly network: Network,
    private address: string,
    own: Words = {},
  ) {
    const korean = address.endsWith('ko');
    this.words = {
      ...(korean ? { ...ko, ...koTalk, ...koHours, ...koOver } : { ...en, ...enTalk, ...enHours, ...enOver }),
      ...own,
      open: korean ? '상담' : 'Chat',
    };
    this.chat = page.getByRole('dialog', { name: this.words.title });
    this.log = this.chat.getByRole('log');
    this.field = this.chat.locator('.composer textarea');
  }

  /** own: texts of this shop that replace the defaults. */
  static async visit(
    context: BrowserContext,
    network: Network,
    address: string,
    own?: Words,
  ): Promise<ShopPage> {
    const page = await context.newPage();
    await page.goto(address);
    return new ShopPage(context, page, network, address, own);
  }

  /** Another tab of the same browser. */
  tab(): Promise<ShopPage> {
    return ShopPage.visit(this.context, this.network, this.address);
  }

  async open(): Promise<void> {
    // A chat that was open on the page before opens by itself.
    const opens = await this.page.evaluate((key) => sessionStorage.getItem(key), CHAT_OPEN).catch(() => '');
    if (!opens) await this.button.click();
    await this.chat.waitFor();
  }

  /** Opens the chat and writes the first text. name: of a visitor who is not logged in. */
  async start(name: string | undefined, text: string): Promise<void> {
    await this.open();
    if (name) await this.chat.getByLabel(this.words.name).fill(name);
    await this.chat.getByLabel(this.words.ask).fill(text);
    await this.startButton.click();
  }

  /** A page of another shop, served at an address beside the demo's. */
  static async embed(
    context: BrowserContext,
    network: Network,
    demo: string,
    html: (loader: string) => string,
    headers: Record<string, string> = {},
  ): Promise<ShopPage> {
    const page = await context.newPage();
    const address = new URL('shop.html', demo).href;
    const body = `<!doctype html><html lang="en"><title>Shop</title>${html(new URL('../widget/rejoin.js', demo).href)}</html>`;
    await page.route(address, (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', headers, body }),
    );
    await page.goto(address);
    return new ShopPage(context, page, network, address);
  }

  /** Begins a chat; while nobody serves it leaves a question, and says so. */
  get startButton(): Locator {
    return this.chat.locator('.form .primary');
  }

  /** What tells that the question waits: its place or, while no agent is online, that it is left. */
  get waiting(): Locator {
    const left = this.chat.locator('.hours', { hasText: this.words.kept.split('.')[0] });
    return this.chat.locator('.queue-position').or(left).filter({ visible: true });
  }

  get button(): Locator {
    return this.page.locator(':is(rejoin-chat, rejoin-chat-) > button');
  }

  async minimise(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.chat.waitFor({ state: 'hidden' });
  }

  /** Waits until an agent has the chat and all texts are stored. */
  async waitUntilTaken(): Promise<void> {
    await this.chat.locator('.header > b').waitFor();
    await this.log.locator('.stored').last().waitFor();
    await expect(this.log.locator('.sending')).toHaveCount(0);
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Ends an open chat, so that it does not wait in later tests. */
  async leave(): Promise<void> {
    this.network.restore();
    if (this.page.isClosed()) return;
    const minimised = (await this.chat.count()) > 0 && !(await this.chat.isVisible());
    if (minimised && (await this.button.isVisible())) await this.open();
    if (!(await this.chat.locator('summary').isVisible())) return;
    await this.end();
  }

  async end(): Promise<void> {
    await this.chat.locator('summary').click();
    await this.chat.getByRole('button', { name: this.words.end, exact: true }).click();
    await this.chat.getByRole('button', { name: this.words.anew }).waitFor();
  }

  text(text: string): Locator {
    return this.log.locator('.bubble', { hasText: text });
  }
}
