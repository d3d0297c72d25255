import type { Route } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures';
import { ShopPage } from './shopPage';

test.use({ on: 'memory' });

const ENGLISH = 'The chat could not be opened. Try again.';

const missing = (route: Route) => route.fulfill({ status: 404, body: 'missing' });
const line = (src: string, more = '') =>
  `<body><main><h1>Shop</h1></main><script async src="${src}" ${more}></script>`;

/** Failures between click and panel: the request, what happens to it, and the message on the console. */
const FAULTS: [name: string, address: RegExp, fault: (route: Route) => Promise<void>, cause: RegExp][] = [
  ['the panel is missing', /panel-/, missing, /panel-\w+\.js: 404/],
  ['the network is gone', /panel-/, (route) => route.abort('internetdisconnected'), /panel-\w+\.js: .*fetch/],
  [
    'the panel was changed',
    /panel-/,
    (route) => route.fulfill({ contentType: 'text/javascript', body: 'document.title = "taken over"' }),
    /panel-\w+\.js: /,
  ],
  ['the words are missing', /widget\/en-/, missing, /en-\w+\.js: 404/],
  ['there is no config.json', /config\.json/, missing, /config\.json: SyntaxError/],
  [
    'config.json is a page',
    /config\.json/,
    (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    /config\.json: SyntaxError/,
  ],
  [
    'config.json names no gateway',
    /config\.json/,
    (route) => route.fulfill({ json: {} }),
    /no gateway: undefined/,
  ],
];

for (const [name, address, fault, cause] of FAULTS)
  test(`a failed load shows a notice, and the next click opens the chat: ${name}`, async ({
    openBrowser,
    stack,
  }) => {
    const { context, network } = await openBrowser();
    const logged: string[] = [];
    context.on('console', (message) => message.text().startsWith('Rejoin') && logged.push(message.text()));
    const shop = await ShopPage.embed(context, network, stack.demo, line);
    await context.route(address, fault);
    await shop.button.click();
    const alert = shop.page.getByText(ENGLISH);
    await expect(alert).toBeVisible();
    await expect(shop.button).not.toHaveAttribute('aria-busy');
    expect(logged).toEqual([expect.stringMatching(cause)]);
    await expect(shop.page).toHaveTitle('Shop');
    await expectAccessible(shop.page);
    await alert.click();
    await expect(alert).toBeHidden();

    await shop.button.click();
    await expect(alert).toBeVisible();
    await context.unroute(address, fault);
    await shop.open();
    await expect(alert).toBeHidden();
    await expect(shop.chat.getByLabel(shop.words.ask)).toBeVisible();
  });
