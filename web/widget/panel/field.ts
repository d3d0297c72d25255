import { clean } from '../../client/wire/clean';
import type { Word } from '../words/keys';
import { h, setText } from './dom';
import type { Translation } from './text';

export type Field = ReturnType<typeof createField>;

/** A field with its label, which marks it if it is optional, and an error message below it in the widget's language. */
export function createField(
  t: Translation['t'],
  label: Word,
  field: HTMLInputElement | HTMLTextAreaElement,
  /** `limit` is in code points; `box` is the element around the field. */
  { limit = Infinity, box = field as HTMLElement } = {},
) {
  const error = h('p', { className: 'error', id: `rejoin-${label}` });
  field.setAttribute('aria-describedby', error.id);
  const validate = () => {
    const { required, validity } = field;
    const text = clean(field.value);
    const excess = [...text].length - limit;
    setText(
      error,
      required && !text
        ? t('needed')
        : validity.typeMismatch
          ? t('invalid')
          : excess > 0
            ? t('long', { n: excess })
            : '',
    );
    field.ariaInvalid = `${!!error.textContent}`;
    return !error.textContent;
  };
  // The error is updated while the visitor corrects the field.
  field.addEventListener('input', () => error.textContent && validate());
  return {
    node: h('div', '', h('label', '', t(label), field.required ? '' : ` ${t('optional')}`, box), error),
    field,
    validate,
  };
}
