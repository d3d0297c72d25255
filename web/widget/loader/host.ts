import css from './button.css';
import { line } from './script';

const NAME = 'rejoin-chat';
/** Two embed lines on one page are one chat. */
export const first = !customElements.get(NAME);

class Host extends HTMLElement {
  disconnectedCallback() {
    setTimeout(place);
  }
}
if (first) customElements.define(NAME, Host);

const host = document.createElement(NAME);
export const root = host.attachShadow({ mode: 'open' });

/** Adds a style sheet, constructed: a strict CSP takes no other in a shadow root. */
export function style(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
}

/** Adds the host, again if the page has removed it. */
function place(): void {
  if (host.isConnected) return;
  document.documentElement.append(host);
  host.popover = 'manual';
  host.showPopover?.();
}

/**
 * Puts the host beside the body, out of reach of the body's transforms, filters, replacement and `inert`, and in the top layer.
 */
export function stand(): void {
  const { accent, position, theme = 'auto' } = line.dataset;
  // The direction decides on which side the host and its panel are.
  const direction = position === 'left' ? 'ltr' : 'rtl';
  const scheme = theme === 'auto' ? 'light dark' : theme;
  const own = accent ? `--rejoin-accent:${accent}!important` : '';
  style(`${css}:host{direction:${direction}!important;color-scheme:${scheme}!important;${own}}`);
  place();
}
