/** The loader: all that a page loads until its visitor opens the chat. It draws the button, and loads the panel on first use. */
import { CHAT_OPEN, type Embed, type Hashes, KOREAN, type Panel, type Rejoin } from '../embed';
import { addStyle, attachHost, isFirstEmbed, root } from './host';
import { load } from './load';
import { base, data } from './script';

declare const CHUNKS: Hashes<'panel'>;

declare global {
  interface Window {
    rejoin?: Rejoin | ((chat: Rejoin) => void)[];
  }
}

const lang = data.lang || document.documentElement.lang;
const button = document.createElement('button');
/** The message beside the button if the chat could not be opened, until the next press. */
const errorMessage = document.createElement('output');
let panel: Promise<Panel | undefined> | undefined;

const embed: Embed = {
  button,
  root,
  base,
  data,
  lang,
  korean: KOREAN.test(lang),
  addStyle,
  load,
  emit: (event, detail) => chat.dispatchEvent(new CustomEvent(event, { detail })),
  logError(cause): undefined {
    // biome-ignore lint/suspicious/noConsole: the page's developer is told what its visitors cannot know
    console.error(`Rejoin: ${cause}`);
  },
};

const chat: Rejoin = Object.assign(new EventTarget(), {
  open: () => show(true),
  close: () => show(false),
  identify: setter('token'),
  page: setter('page'),
  profile: setter('profile'),
  push(...ready: ((chat: Rejoin) => void)[]) {
    for (const fn of ready) fn(chat);
  },
} as Omit<Rejoin, keyof EventTarget>);

function setter<Key extends 'token' | 'page' | 'profile'>(key: Key) {
  return (value: Embed[Key]) => {
    embed[key] = value;
    panel?.then((it) => it?.[key]?.());
  };
}

/** The panel, or undefined if it could not be loaded; the next call tries again. */
function loadPanel(): Promise<Panel | undefined> {
  panel ??= load<{ mount(embed: Embed): Promise<Panel> }, 'panel'>(CHUNKS, 'panel')
    .then(({ mount }) => mount(embed))
    .catch((cause) => {
      panel = undefined;
      embed.logError(cause);
      if (button.ariaBusy)
        errorMessage.textContent = embed.korean
          ? '상담을 열 수 없습니다. 다시 눌러 주세요.'
          : 'The chat could not be opened. Try again.';
      return panel;
    });
  return panel;
}

function show(open: boolean) {
  if (!root.isConnected || !(open || panel)) return;
  errorMessage.textContent = '';
  button.ariaBusy = open ? 'true' : null;
  loadPanel().then((it) => {
    button.ariaBusy = null;
    it?.show(open);
  });
}

function mountButton() {
  // `window.rejoin` may be an element with that id, which is replaced, or a variable of the page, which is not.
  const existing = Object.hasOwn(window, 'rejoin') && window.rejoin;
  const queued = Array.isArray(existing) ? existing : [];
  if (existing && existing !== queued) embed.logError('window.rejoin is taken');
  else window.rejoin = chat;
  // Without a secure context browsers offer no keys, and so a visitor has no identity.
  if (base && isSecureContext) {
    Object.assign(button, {
      className: 'launcher',
      ariaLabel: data.label || (embed.korean ? '상담' : 'Chat'),
      ariaExpanded: 'false',
      // The second click of a double click must not close it again.
      onclick: (event: MouseEvent) => event.detail > 1 || show(button.ariaExpanded === 'false'),
    });
    errorMessage.onclick = () => (errorMessage.textContent = '');
    root.append(errorMessage, button);
    attachHost();
    try {
      if (sessionStorage[CHAT_OPEN] || localStorage[CHAT_OPEN]) loadPanel();
    } catch {
      // Storage is denied: the chat then connects when it is opened.
    }
  } else embed.logError(base ? 'needs HTTPS' : 'add <script data-src>');
  chat.push(...queued);
}

if (isFirstEmbed) {
  if (document.body) mountButton();
  else addEventListener('DOMContentLoaded', mountButton);
}
