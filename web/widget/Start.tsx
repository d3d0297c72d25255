import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CustomerSession } from '../shared/customer';
import { useText } from '../ui/text';

/** Longest topic that the server keeps, in code points. */
const TOPIC = 100;

interface Props {
  session: CustomerSession;
  /** As this customer gave it before. */
  known: string;
  open: boolean;
  done(): void;
}

/** Before a chat: a name if one likes, and the question, which becomes the chat's first text. */
export function Start({ session, known, open, done }: Props) {
  const { t } = useText();
  const [name, setName] = useState(known);
  const [ask, setAsk] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  // Before anything can be typed: a later focus would take the letters of a fast hand along.
  useLayoutEffect(() => {
    if (open) field.current?.focus();
  }, [open]);

  return (
    <form
      class="start"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ask.trim()) return field.current?.focus();
        session.start({
          ...(name.trim() && { name: name.trim() }),
          topic: [...ask.trim()].slice(0, TOPIC).join(''),
        });
        session.send(ask.trim());
        done();
      }}
    >
      <h3>{t('hello')}</h3>
      <p>{t('intro')}</p>
      <label>
        {t('name')}
        <input
          autocomplete="name"
          maxLength={100}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        {t('ask')}
        <textarea
          ref={field}
          required
          rows={3}
          maxLength={4000}
          value={ask}
          onInput={(event) => setAsk(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="main">
        {t('start')}
      </button>
    </form>
  );
}
