/** The loader: all that a shop's page pays for until its visitor opens the chat. It draws the button; the panel comes on first use. */
import css from './button.css';
import { CHAT_OPEN, type Embed, type Panel } from './embed';

/** File name of the panel, hashed; the build fills it in. */
declare const PANEL: string;

const script = document.currentScript as HTMLScriptElement;
const lang = /^ko/i.test(script.dataset.lang ?? document.documentElement.lang) ? 'ko' : 'en';
const host = document.createElement('rejoin-chat');
const root = host.attachShadow({ mode: 'open' });
const button = document.createElement('button');
let panel: Promise<Panel> | undefined;

function load(): Promise<Panel> {
  const embed: Embed = {
    button,
    root,
    base: script.src,
    lang,
    ws: script.dataset.ws,
    token: () => script.dataset.token,
  };
  panel ??= import(new URL(PANEL, script.src).href).then((module) => module.mount(embed));
  // A page that was offline for a moment may try again with the next click.
  panel.catch(() => {
    panel = undefined;
  });
  return panel;
}

function icon(): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS(svg.namespaceURI, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.ariaHidden = 'true';
  path.setAttribute(
    'd',
    'M12 3.5c5 0 9 3.4 9 7.6s-4 7.6-9 7.6c-1 0-2-.1-2.9-.4L4.6 20.5l.9-3.9A7 7 0 0 1 3 11.1c0-4.2 4-7.6 9-7.6Z',
  );
  svg.append(path);
  return svg as SVGElement;
}

function show() {
  // Two embed lines on one page are one chat.
  if (document.querySelector('rejoin-chat')) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  button.type = 'button';
  button.className = 'launch';
  button.ariaLabel = lang === 'ko' ? '상담 열기' : 'Open chat';
  button.ariaExpanded = 'false';
  button.append(icon());
  button.onclick = () =>
    load().then(
      (it) => it.toggle(),
      () => {},
    );
  root.append(button);
  document.body.append(host);
  try {
    if (localStorage.getItem(CHAT_OPEN)) load();
  } catch {
    // Storage is denied: the chat then connects when it is opened.
  }
}

if (document.body) show();
else addEventListener('DOMContentLoaded', show);
