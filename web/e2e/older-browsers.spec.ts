import { expect, expectAccessible, test } from './fixtures';
import { GROUND, ShopPage } from './shopPage';

test.use({ on: 'memory' });

/** Features that the chat works without, each removed from the browser. */
const WITHOUT: Record<string, () => void> = {
  'the top layer for popovers': () => {
    for (const name of ['popover', 'showPopover', 'hidePopover', 'togglePopover'])
      delete (HTMLElement.prototype as never)[name];
  },
  'colours by theme': () => {
    const { replaceSync } = CSSStyleSheet.prototype;
    CSSStyleSheet.prototype.replaceSync = function (css) {
      replaceSync.call(this, css.replaceAll('light-dark(', 'unknown('));
    };
  },
  'a way to ask what is visible': () => {
    delete (Element.prototype as never)['checkVisibility'];
  },
  'new ways of arrays and strings': () => {
    for (const name of ['toSorted', 'toSpliced', 'toReversed', 'with', 'group'])
      delete (Array.prototype as never)[name];
    for (const name of ['groupBy', 'fromAsync']) delete (Object as never)[name];
    for (const name of ['isWellFormed', 'toWellFormed']) delete (String.prototype as never)[name];
    delete (Promise as never)['withResolvers'];
    delete (URL as never)['canParse'];
    delete (AbortSignal as never)['any'];
  },
  'a word on user activation, and a lock for its sound': () => {
    Object.defineProperty(navigator, 'userActivation', { value: undefined });
  },
};

/** Features that the chat needs: without one the console names it, and a click on the button shows a notice. */
const LACKING: [string, () => void, RegExp][] = [
  ['channels between tabs', () => delete (window as never)['BroadcastChannel'], /no BroadcastChannel/],
  ['dialogs', () => delete (window as never)['HTMLDialogElement'], /no HTMLDialogElement/],
  ['modules by their integrity', () => (DOMTokenList.prototype.supports = () => false), /panel-\w+\.js: 200/],
];

const embed = (src: string) => `<body><main><h1>Shop</h1></main><script async src="${src}"></script>`;

for (const [what, remove] of Object.entries(WITHOUT))
  for (const colorScheme of ['light', 'dark'] as const)
    test(`the chat works without ${what}, ${colorScheme}`, async ({ openBrowser, stack }) => {
      const { context, network } = await openBrowser({ colorScheme });
      await context.addInitScript(remove);
      const shop = await ShopPage.embed(context, network, stack.demo, embed);
      await shop.open();
      await expect(shop.chat).toHaveCSS('background-color', GROUND[colorScheme]);
      await expectAccessible(shop.page);
      await shop.chat.getByLabel(shop.words.ask).fill('Hello');
      await shop.startButton.click();
      await expect(shop.waiting).toBeVisible();
      await shop.leave();
    });

for (const [what, remove, cause] of LACKING)
  test(`without ${what} a notice says that the chat cannot open`, async ({ openBrowser, stack }) => {
    const { context, network } = await openBrowser();
    await context.addInitScript(remove);
    const logged: string[] = [];
    context.on('console', (message) => message.text().startsWith('Rejoin') && logged.push(message.text()));
    const shop = await ShopPage.embed(context, network, stack.demo, embed);
    await shop.button.click();
    await expect(shop.page.getByText('The chat could not be opened.')).toBeVisible();
    expect(logged).toEqual([expect.stringMatching(cause)]);
  });
