import type { ComponentChildren, RefObject, TargetedKeyboardEvent } from 'preact';
import { clean } from '../client/wire/clean';
import { MAX_TEXT } from '../client/wire/limits';
import { GrowingField } from './GrowingField';
import { useTranslation } from './translation';

/** From this length on the number of characters is shown. */
const COUNT_FROM = MAX_TEXT - 200;

interface Props {
  draft: string;
  placeholder: string;
  setDraft(text: string): void;
  send(text: string): void;
  typing(): void;
  field: RefObject<HTMLTextAreaElement>;
  /** Called first for each key outside an IME composition; true if it handled the key. */
  intercept?(event: TargetedKeyboardEvent<HTMLTextAreaElement>): boolean;
  /** More attributes of the field, such as those for a pop-up. */
  attributes?: Record<string, string | boolean | undefined>;
  children?: ComponentChildren;
}

const lengthOf = (text: string) => [...clean(text)].length;
const mayBeSent = (length: number) => length > 0 && length <= MAX_TEXT;

/** Enter sends, Shift+Enter adds a line, and Enter that ends an IME composition does neither. */
export function Composer(props: Props) {
  const { draft, placeholder, setDraft, send, typing, field } = props;
  const { lang, t } = useTranslation();
  const length = lengthOf(draft);
  const ready = mayBeSent(length);

  /** Reads the field itself: a fast typist is ahead of the last render. */
  const submit = () => {
    const text = field.current?.value.trim() ?? '';
    if (!mayBeSent(lengthOf(text))) return;
    send(text);
    setDraft('');
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {props.children}
      <GrowingField text={draft}>
        <textarea
          {...props.attributes}
          ref={field}
          rows={1}
          aria-label={t('message')}
          placeholder={placeholder}
          value={draft}
          onInput={(event) => {
            setDraft(event.currentTarget.value);
            typing();
          }}
          onKeyDown={(event) => {
            // keyCode 229: Safari ends the composition before the keydown event.
            if (event.isComposing || event.keyCode === 229 || props.intercept?.(event)) return;
            if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey)
              return;
            event.preventDefault();
            submit();
          }}
        />
      </GrowingField>
      {length > COUNT_FROM && (
        <span class={ready ? 'count' : 'count over'}>
          {t('length', { n: length.toLocaleString(lang), max: MAX_TEXT.toLocaleString(lang) })}
        </span>
      )}
      <button type="submit" aria-label={t('send')} aria-disabled={!ready}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 19V5M5.5 11.5 12 5l6.5 6.5" />
        </svg>
      </button>
    </form>
  );
}
