import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_TEXT, MAX_TITLE } from '../../client/wire/limits';
import type { Canned, CannedScope } from '../../client/wire/protocol';
import { GrowingField } from '../../components/GrowingField';
import { useTranslation } from '../../components/translation';
import { Dialog } from '../components/Dialog';
import type { CannedStore, Outcome } from './store';

/** The reply in the form; a new one has no key yet. */
export type EditedReply = Pick<Canned, 'scope' | 'title' | 'text'> & Partial<Canned>;

interface Props {
  edited: EditedReply;
  admin: boolean;
  put: CannedStore['put'];
  close(): void;
}

/** The form of one saved reply. If two agents edit it at once, the second to save sees both versions and chooses. */
export function CannedEditor({ edited, admin, put, close }: Props) {
  const { t } = useTranslation();
  const [item, setItem] = useState(() => ({ ...edited, key: edited.key ?? crypto.randomUUID() }));
  const [outcome, setOutcome] = useState<Outcome>();
  const [saving, setSaving] = useState(false);
  const title = useRef<HTMLInputElement>(null);
  useEffect(() => title.current?.focus(), []);

  const save = async (version: Partial<Pick<Canned, 'version'>>) => {
    const { version: _, ...written } = item;
    setSaving(true);
    const result = await put({ ...written, ...version });
    setSaving(false);
    if (result.kind === 'done') close();
    else setOutcome(result);
  };

  if (outcome?.kind === 'conflict') {
    const { theirs } = outcome;
    return (
      <Dialog title={t('conflict')} close={close} closeLabel={t(theirs ? 'keepTheirs' : 'keepDeleted')} wide>
        <p>{t(theirs ? 'conflictText' : 'conflictGone')}</p>
        <div class="versions">
          {theirs && <Version name={t('theirs')} item={theirs} />}
          <Version name={t('yours')} item={item} />
        </div>
        <button
          type="button"
          class="primary"
          disabled={saving}
          onClick={() => void save(theirs ? { version: theirs.version } : {})}
        >
          {t('useMine')}
        </button>
      </Dialog>
    );
  }
  return (
    <Dialog title={t(edited.key ? 'cannedEdit' : 'cannedNew')} close={close} wide>
      <form
        class="editor"
        onSubmit={(event) => {
          event.preventDefault();
          void save(item.version === undefined ? {} : { version: item.version });
        }}
      >
        {admin && !edited.key && (
          <fieldset class="scopes">
            <legend>{t('scope')}</legend>
            {(['mine', 'shared'] satisfies CannedScope[]).map((scope) => (
              <label key={scope}>
                <input
                  type="radio"
                  name="scope"
                  checked={item.scope === scope}
                  onChange={() => setItem({ ...item, scope })}
                />
                {t(`scope_${scope}`)}
              </label>
            ))}
          </fieldset>
        )}
        <label>
          <span>{t('cannedTitle')}</span>
          <input
            ref={title}
            required
            maxLength={MAX_TITLE}
            value={item.title}
            onInput={(event) => setItem({ ...item, title: event.currentTarget.value })}
          />
        </label>
        <label>
          <span>{t('cannedBody')}</span>
          <GrowingField text={item.text}>
            <textarea
              required
              rows={5}
              maxLength={MAX_TEXT}
              value={item.text}
              onInput={(event) => setItem({ ...item, text: event.currentTarget.value })}
            />
          </GrowingField>
        </label>
        <p class="hint">{t('variables')}</p>
        {outcome?.kind === 'failed' && (
          <p class="danger" role="alert">
            {t(`error_${outcome.code}`)}
          </p>
        )}
        <button type="submit" class="primary" disabled={saving || !item.title.trim() || !item.text.trim()}>
          {t('save')}
        </button>
      </form>
    </Dialog>
  );
}

function Version({ name, item }: { name: string; item: Pick<Canned, 'title' | 'text'> }) {
  return (
    <section>
      <h3>{name}</h3>
      <b>{item.title}</b>
      <p>{item.text}</p>
    </section>
  );
}
