/** The demo shop's language. It runs before the page is drawn, and before the chat reads the page's language. */
import { language } from '../shared/i18n';
import { ko } from './words';

const wanted = new URLSearchParams(location.search).get('lang');
const lang = language(['en', 'ko'], wanted ? [wanted] : navigator.languages);
document.documentElement.lang = lang;

addEventListener('DOMContentLoaded', () => {
  document.querySelector(`nav a[lang=${lang}]`)?.setAttribute('aria-current', 'true');
  if (lang !== 'ko') return;
  for (const it of document.querySelectorAll<HTMLElement>('[data-t]')) {
    it.textContent = ko[it.dataset.t as keyof typeof ko];
  }
});
