/** The agents' page. */
import { render } from 'preact';
import { languageOf, TranslationContext, translation } from '../components/translation';
import { Console } from './Console';
import { words } from './words';

const wanted = new URLSearchParams(location.search).get('lang');
const lang = languageOf(...(wanted ? [wanted] : navigator.languages));
document.documentElement.lang = lang;

render(
  <TranslationContext.Provider value={translation(lang, words)}>
    <Console />
  </TranslationContext.Provider>,
  document.body,
);
