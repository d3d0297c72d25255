import { clean } from '../shared/clean';
import { h, say } from './dom';
import type { Text } from './text';
import type { Word } from './words';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** A field with its label: it says what may be left out, and beside it, in the page's words, what is wrong. */
export function ask(
  { t }: Pick<Text, 't'>,
  label: Word,
  field: Field,
  /** most: code points. box: what the field stands in. */
  { most = Infinity, box = field as HTMLElement } = {},
) {
  const wrong = h('p', { className: 'wrong', id: `rejoin-${label}` });
  field.setAttribute('aria-describedby', wrong.id);
  const right = () => {
    const { required, validity } = field;
    const text = clean(field.value);
    const more = [...text].length - most;
    say(
      wrong,
      required && !text
        ? t('needed')
        : validity.typeMismatch
          ? t('invalid')
          : more > 0
            ? t('long', { n: more })
            : '',
    );
    field.ariaInvalid = `${!!wrong.textContent}`;
    return !wrong.textContent;
  };
  // What was told stays true as it is mended.
  field.addEventListener('input', () => wrong.textContent && right());
  return {
    node: h('div', '', h('label', '', t(label), field.required ? '' : ` ${t('optional')}`, box), wrong),
    field,
    right,
  };
}
