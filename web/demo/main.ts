/** The demo shop. It runs before the page is drawn, and before the chat reads the page's language. */
import { language } from '../components/i18n';
import type { Rejoin } from '../widget/embed';
import { account } from './account';
import { fr, ko } from './words';

const wanted = new URLSearchParams(location.search).get('lang');
const lang = language(['en', 'ko', 'fr'], wanted ? [wanted] : navigator.languages);
document.documentElement.lang = lang;

/** Calls fn with the chat's API as soon as it is there. */
function chat(fn: (chat: Rejoin) => void) {
  window.rejoin ??= [];
  window.rejoin.push(fn);
}

addEventListener('DOMContentLoaded', () => {
  document.querySelector(`nav a[lang=${lang}]`)?.setAttribute('aria-current', 'true');
  const words: Record<string, string> | undefined = { ko, fr }[lang];
  if (words) {
    for (const it of document.querySelectorAll<HTMLElement>('[data-t]'))
      it.textContent = words[`${it.dataset.t}`] ?? it.textContent;
    for (const it of document.querySelectorAll<HTMLElement>('[data-label]'))
      it.ariaLabel = words[`${it.dataset.label}`] ?? it.ariaLabel;
  }
  // A language that the widget does not know comes as a file of words.
  if (lang === 'fr')
    Object.assign(document.querySelector<HTMLElement>('script[async]')?.dataset ?? {}, {
      texts: 'fr.json',
      label: 'Ouvrir le chat',
    });
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-page]'))
    link.addEventListener('click', (event) => {
      event.preventDefault();
      visit(link);
    });
  account(words?.visitor ?? 'Visitor', chat);
});

/** A page change as in a single-page shop: another address and title, no load; the chat goes on. */
function visit(link: HTMLAnchorElement) {
  history.pushState(null, '', link.href);
  const place = document.querySelector(link.hash);
  document.title = `${place?.querySelector('h2')?.textContent} – ${document.querySelector('.brand')?.textContent}`;
  place?.scrollIntoView({ behavior: 'smooth' });
}
