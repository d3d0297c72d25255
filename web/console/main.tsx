/** The agents' page. */
import { render } from 'preact';
import { langOf, TextContext, textIn } from '../components/text';
import { Console } from './Console';
import { words } from './words';

const wanted = new URLSearchParams(location.search).get('lang');
const lang = langOf(...(wanted ? [wanted] : navigator.languages));
document.documentElement.lang = lang;

render(
  <TextContext.Provider value={textIn(lang, words)}>
    <Console />
  </TextContext.Provider>,
  document.body,
);
