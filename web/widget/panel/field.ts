import { clean } from '../../client/wire/clean';
import type { Word } from '../words/keys';
import { h, say } from './dom';
import type { Text } from './text';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** A field with its label, the mark of an optional one, and an error message beside it in the widget's language. */
export function ask(
  { t }: Pick<Text, 't'>,
  label: Word,
  field: Field,
  /** `most` counts code points; `box` is the element around the field. */
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
  // The message is kept up to date while the visitor corrects the field.
  field.addEventListener('input', () => wrong.textContent && right());
  return {
    node: h('div', '', h('label', '', t(label), field.required ? '' : ` ${t('optional')}`, box), wrong),
    field,
    right,
  };
}
