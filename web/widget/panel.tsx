/** The panel: fetched on first use, drawn into the loader's shadow root. */
import { render } from 'preact';
import { type CustomerSession, sharedCustomerSession } from '../shared/customer';
import { visitorToken } from '../shared/identity';
import { readConfig } from '../ui/config';
import controls from '../ui/controls.css';
import { TextContext, textIn } from '../ui/text';
import thread from '../ui/thread.css';
import tokens from '../ui/tokens.css';
import { Dialog } from './Dialog';
import type { Embed, Panel } from './embed';
import css from './panel.css';
import { words } from './words';

async function connect({ base, lang, token, ws }: Embed): Promise<CustomerSession> {
  const session = sharedCustomerSession({
    ws: ws ?? (await readConfig(base)).ws,
    token: async () => token() ?? visitorToken(),
    page: () => ({ url: location.href, title: document.title, lang }),
  });
  session.open();
  return session;
}

export function mount(embed: Embed): Panel {
  const box = document.createElement('div');
  let session: CustomerSession | undefined;
  let open = false;
  let failed = false;

  const draw = () =>
    render(
      <TextContext.Provider value={textIn(embed.lang, words)}>
        <Dialog {...{ session, open, failed, toggle }} button={embed.button} again={start} />
      </TextContext.Provider>,
      box,
    );

  function start() {
    failed = false;
    draw();
    connect(embed)
      .then(
        (made) => {
          session = made;
        },
        () => {
          failed = true;
        },
      )
      .then(draw);
  }

  function toggle() {
    open = !open;
    draw();
  }

  const sheet = new CSSStyleSheet();
  sheet.replaceSync([tokens, controls, thread, css].join(''));
  embed.root.adoptedStyleSheets.push(sheet);
  embed.root.prepend(box);
  start();
  return { toggle };
}
