import css from './button.css';
import { script } from './script';

const TAG = 'rejoin-chat';
/** False if the page has a second embed script: two are one chat. */
export const isFirstEmbed = !customElements.get(TAG);

class Host extends HTMLElement {
  disconnectedCallback() {
    setTimeout(attachHost);
  }
}
if (isFirstEmbed) customElements.define(TAG, Host);

const host = document.createElement(TAG);
export const root = host.attachShadow({ mode: 'open' });

/** Adds a constructed style sheet, the only kind that a strict CSP allows in a shadow root. */
export function addStyle(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
}

/** Adds the host to the page, unless it is there. */
function attachHost(): void {
  if (host.isConnected) return;
  document.documentElement.append(host);
  host.popover = 'manual';
  host.showPopover?.();
}

/** Adds the host beside the body and in the top layer: the body's transforms, filters, replacement and `inert` do not reach it. */
export function mountHost(): void {
  const { accent, position, theme = 'auto' } = script.dataset;
  // The direction sets the side of the button and the panel.
  const direction = position === 'left' ? 'ltr' : 'rtl';
  const scheme = theme === 'auto' ? 'light dark' : theme;
  const accentStyle = accent ? `--rejoin-accent:${accent}!important` : '';
  addStyle(`${css}:host{direction:${direction}!important;color-scheme:${scheme}!important;${accentStyle}}`);
  attachHost();
}
