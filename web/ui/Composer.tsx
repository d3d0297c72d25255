import type { RefObject } from 'preact';
import { useText } from './text';

/** The protocol's limit of a text, in code points. */
const MAX = 4000;
/** From here on a writer is told how much is left. */
const NEAR = MAX - 200;

interface Props {
  draft: string;
  placeholder: string;
  setDraft(text: string): void;
  send(text: string): void;
  typing(): void;
  field?: RefObject<HTMLTextAreaElement>;
}

/** Where one writes: Enter sends, Shift+Enter is a new line, and Enter that ends an IME's composition is neither. */
export function Composer({ draft, placeholder, setDraft, send, typing, field }: Props) {
  const { lang, t } = useText();
  const length = [...draft.trim()].length;
  const ready = length > 0 && length <= MAX;

  const submit = () => {
    if (!ready) return;
    send(draft.trim());
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
      <textarea
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
          // keyCode 229: Safari ends the composition before it tells of the key.
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          submit();
        }}
      />
      {length > NEAR && (
        <span class={ready ? 'count' : 'count over'}>
          {t('length', { n: length.toLocaleString(lang), max: MAX.toLocaleString(lang) })}
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
