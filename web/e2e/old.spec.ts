import { accessible, expect, test } from './fixtures';
import { Shop } from './shop';

test.use({ on: 'memory' });

/** Features that older browsers lack, removed from this one; the chat works without each. */
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

/** Features that the chat needs; without one a line on the console names it, and a visitor who presses the button is told. */
const LACKING: [string, () => void, RegExp][] = [
  ['channels between tabs', () => delete (window as never)['BroadcastChannel'], /no BroadcastChannel/],
  ['dialogs', () => delete (window as never)['HTMLDialogElement'], /no HTMLDialogElement/],
  ['modules by their integrity', () => (DOMTokenList.prototype.supports = () => false), /panel-\w+\.js: 200/],
];

const embed = (src: string) => `<body><main><h1>Shop</h1></main><script async src="${src}"></script>`;

for (const [what, remove] of Object.entries(WITHOUT))
  for (const colorScheme of ['light', 'dark'] as const)
    test(`a browser without ${what} has a chat, ${colorScheme}`, async ({ browserOf, stack }) => {
      const { context, line } = await browserOf({ colorScheme });
      await context.addInitScript(remove);
      const shop = await Shop.embedded(context, line, stack.demo, embed);
      await shop.open();
      const ground = colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(19, 26, 23)';
      await expect(shop.chat).toHaveCSS('background-color', ground);
      await accessible(shop.page);
      await shop.chat.getByLabel(shop.words.ask).fill('Hello');
      await shop.chat.getByRole('button', { name: shop.words.start }).click();
      await expect(shop.chat.locator('.queue-position')).toBeVisible();
      await shop.leave();
    });

for (const [what, remove, cause] of LACKING)
  test(`a browser without ${what} says so`, async ({ browserOf, stack }) => {
    const { context, line } = await browserOf();
    await context.addInitScript(remove);
    const told: string[] = [];
    context.on('console', (message) => message.text().startsWith('Rejoin') && told.push(message.text()));
    const shop = await Shop.embedded(context, line, stack.demo, embed);
    await shop.button.click();
    await expect(shop.page.getByText('The chat could not be opened.')).toBeVisible();
    expect(told).toEqual([expect.stringMatching(cause)]);
  });
