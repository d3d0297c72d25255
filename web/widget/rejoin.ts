/** The loader: all that a shop's page pays for until its visitor opens the chat. It draws the button; the panel comes on first use. */
import css from './button.css';
import { CHAT_OPEN, type Embed, type File, korean, type Panel, type Rejoin } from './embed';

/** The build fills it in. */
declare const PANEL: File;

declare global {
  interface Window {
    rejoin?: Rejoin | ((chat: Rejoin) => void)[];
  }
}

const script = document.currentScript as HTMLScriptElement;
const data = script.dataset;
const lang = data.lang || document.documentElement.lang || 'en';
const host = document.createElement('rejoin-chat');
const button = document.createElement('button');
/** What is loaded, or comes. */
const files: Record<string, Promise<unknown> | undefined> = {};
let failures = 0;
let panel: Promise<Panel | undefined> | undefined;

const embed: Embed = {
  button,
  root: host.attachShadow({ mode: 'open' }),
  base: script.src,
  data,
  lang,
  korean: korean(lang),
  icon(d) {
    const make = (tag: string) => document.createElementNS('http://www.w3.org/2000/svg', tag);
    const svg = make('svg') as SVGElement;
    const path = make('path');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.ariaHidden = 'true';
    path.setAttribute('d', d);
    svg.append(path);
    return svg;
  },
  style(css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    embed.root.adoptedStyleSheets.push(sheet);
  },
  tell: (event, detail) => chat.dispatchEvent(new CustomEvent(event, { detail })),
  load([name, integrity]) {
    // Browsers remember that a module failed, by its address: it is asked for under another one.
    files[name] ??= fetched(`${name}?${failures}`, integrity).catch((cause) => {
      failures++;
      files[name] = undefined;
      throw cause;
    });
    return files[name] as Promise<never>;
  },
};

const chat: Rejoin = Object.assign(new EventTarget(), {
  open: () => show(true),
  close: () => show(false),
  identify(token: Embed['token']) {
    embed.token = token;
    panel?.then((it) => it?.identify());
  },
  page(page: Embed['page']) {
    embed.page = page;
  },
  profile(profile: Embed['profile']) {
    embed.profile = profile;
  },
  push(...ready: ((chat: Rejoin) => void)[]) {
    for (const fn of ready) fn(chat);
  },
} as Omit<Rejoin, keyof EventTarget>);

/** What an integrity hash on the embed line promises holds for each file: it runs only if it is the one built. */
async function fetched(name: string, integrity: string): Promise<unknown> {
  const { href } = new URL(name, script.src);
  const link = document.createElement('link');
  await new Promise((onload, onerror) => {
    Object.assign(link, {
      rel: 'modulepreload',
      crossOrigin: '',
      integrity,
      nonce: script.nonce,
      onload,
      onerror,
      href,
    });
    document.head.append(link);
  });
  return import(href);
}

function load(): Promise<Panel | undefined> {
  panel ??= embed
    .load<{ mount(embed: Embed): Promise<Panel> }>(PANEL)
    .then(({ mount }) => mount(embed))
    .catch((cause) => {
      // biome-ignore lint/suspicious/noConsole: the page's developer is told what its visitors can't know
      console.error('Rejoin: the chat could not be opened.', cause);
      panel = undefined;
      return panel;
    });
  return panel;
}

function show(open: boolean) {
  if (!host.isConnected || !(open || panel)) return;
  load().then((it) => it?.show(open));
}

function start() {
  const waiting = window.rejoin;
  // Two embed lines on one page are one chat.
  if (waiting instanceof EventTarget) return;
  window.rejoin = chat;
  if (isSecureContext) draw();
  // Without it a browser gives out no keys, and a visitor has no identity.
  // biome-ignore lint/suspicious/noConsole: the page's developer is told, its visitors are not
  else console.warn('Rejoin: the chat needs HTTPS.');
  if (waiting) chat.push(...waiting);
  try {
    if (host.isConnected && localStorage.getItem(CHAT_OPEN)) load();
  } catch {
    // Storage is denied: the chat then connects when it is opened.
  }
}

function draw() {
  embed.style(css);
  host.style.setProperty('--rejoin-accent', data.accent ?? '');
  // The host stands, and the panel hangs, where its lines begin.
  host.dir = data.position === 'left' ? 'ltr' : 'rtl';
  host.style.colorScheme = data.theme ?? '';
  Object.assign(button, {
    className: 'launch',
    ariaLabel: data.label || (embed.korean ? '상담' : 'Chat'),
    ariaExpanded: 'false',
    // The second click of a double click means the first.
    onclick: (event: MouseEvent) => event.detail > 1 || show(button.ariaExpanded === 'false'),
  });
  button.append(embed.icon('M3 21v-9a9 9 0 1 1 9 9z'));
  embed.root.append(button);
  document.body.append(host);
}

if (document.body) start();
else addEventListener('DOMContentLoaded', start);
