import css from './button.css';
import { data } from './script';

/** The first embed script leaves the name of its element here. */
const registry: CustomElementRegistry & { rejoin?: string } = customElements;
/** False if the page has a second embed script: two are one chat. */
export const isFirstEmbed = !registry.rejoin;

// A page may have an element of this name already.
const TAG = registry.get('rejoin-chat') ? 'rejoin-chat-' : 'rejoin-chat';

class Host extends HTMLElement {
  disconnectedCallback() {
    setTimeout(attachHost);
  }
}
if (isFirstEmbed) registry.define(TAG, Host);
registry.rejoin = TAG;

const host = document.createElement(TAG);
export const root = host.attachShadow({ mode: 'open' });

/** Adds a constructed style sheet, the only kind that a strict CSP allows in a shadow root. */
export function addStyle(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
}

const { accent, position, theme = 'auto' } = data;
// The direction sets the side of the button and the panel.
const direction = position === 'left' ? 'ltr' : 'rtl';
const scheme = theme === 'auto' ? 'light dark' : theme;
// Kept only if it is a colour. Not asked of `CSS`, which some pages overwrite; the style sheet goes before this colour.
host.style.color = accent as string;
const accentStyle = host.style.color && `--rejoin-accent:${accent}!important`;
addStyle(`${css}:host{direction:${direction}!important;color-scheme:${scheme}!important;${accentStyle}}`);

/**
 * Adds the host to the page, unless it is there: beside the body and in the top layer, where the body's transforms, filters,
 * replacement and `inert` do not reach it.
 */
export function attachHost(): void {
  if (host.isConnected) return;
  document.documentElement.append(host);
  host.popover = 'manual';
  host.showPopover?.();
}
