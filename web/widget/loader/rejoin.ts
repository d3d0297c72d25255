/** The loader: all that a shop's page pays for until its visitor opens the chat. It draws the button; the panel comes on first use. */
import { CHAT_OPEN, type Embed, type File, KOREAN, type Panel, type Rejoin } from '../embed';
import { first, root, stand, style } from './host';
import { load } from './load';
import { base, line } from './script';

/** The build fills it in. */
declare const PANEL: File;

declare global {
  interface Window {
    rejoin?: Rejoin | ((chat: Rejoin) => void)[];
  }
}

const data = line.dataset;
const lang = data.lang || document.documentElement.lang;
const button = document.createElement('button');
/** Says beside the button that the chat could not be opened, until the next press. */
const word = document.createElement('output');
let panel: Promise<Panel | undefined> | undefined;

const embed: Embed = {
  button,
  root,
  base,
  data,
  lang,
  korean: KOREAN.test(lang),
  style,
  load,
  tell: (event, detail) => chat.dispatchEvent(new CustomEvent(event, { detail })),
  complain(cause): undefined {
    // biome-ignore lint/suspicious/noConsole: the page's developer is told what its visitors cannot know
    console.error(`Rejoin: ${cause}`);
  },
};

const chat: Rejoin = Object.assign(new EventTarget(), {
  open: () => show(true),
  close: () => show(false),
  identify: knows('token'),
  page: knows('page'),
  profile: knows('profile'),
  push(...ready: ((chat: Rejoin) => void)[]) {
    for (const fn of ready) fn(chat);
  },
} as Omit<Rejoin, keyof EventTarget>);

function knows<Key extends 'token' | 'page' | 'profile'>(key: Key) {
  return (value: Embed[Key]) => {
    embed[key] = value;
    panel?.then((it) => it?.[key]?.());
  };
}

/** The panel; if it could not be loaded, the next need tries again. */
function get(): Promise<Panel | undefined> {
  panel ??= load<{ mount(embed: Embed): Promise<Panel> }>(PANEL)
    .then(({ mount }) => mount(embed))
    .catch((cause) => {
      panel = undefined;
      embed.complain(cause);
      if (button.ariaBusy)
        word.textContent = embed.korean
          ? '상담을 열 수 없습니다. 다시 눌러 주세요.'
          : 'The chat could not be opened. Try again.';
      return panel;
    });
  return panel;
}

function show(open: boolean) {
  if (!root.isConnected || !(open || panel)) return;
  word.textContent = '';
  button.ariaBusy = open ? 'true' : null;
  get().then((it) => {
    button.ariaBusy = null;
    it?.show(open);
  });
}

function start() {
  // `window.rejoin` may be an element of that id, which is replaced, or a variable of the page, which is not.
  const there = Object.hasOwn(window, 'rejoin') && window.rejoin;
  const waiting = Array.isArray(there) ? there : [];
  if (there && there !== waiting) embed.complain('window.rejoin is taken');
  else window.rejoin = chat;
  // Without a secure context a browser gives out no keys, and a visitor has no identity.
  if (base && isSecureContext) {
    Object.assign(button, {
      className: 'launch',
      ariaLabel: data.label || (embed.korean ? '상담' : 'Chat'),
      ariaExpanded: 'false',
      // The second click of a double click must not close it again.
      onclick: (event: MouseEvent) => event.detail > 1 || show(button.ariaExpanded === 'false'),
    });
    word.onclick = () => (word.textContent = '');
    root.append(word, button);
    stand();
    try {
      if (sessionStorage[CHAT_OPEN] || localStorage[CHAT_OPEN]) get();
    } catch {
      // Storage is denied: the chat then connects when it is opened.
    }
  } else embed.complain(base ? 'needs HTTPS' : 'add <script data-src=".../rejoin.js">');
  chat.push(...waiting);
}

// Two embed lines on one page are one chat.
if (first) {
  if (document.body) start();
  else addEventListener('DOMContentLoaded', start);
}
