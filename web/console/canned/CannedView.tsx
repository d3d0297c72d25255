import { useEffect, useState } from 'preact/hooks';
import type { Canned, CannedScope, Person } from '../../client/wire/protocol';
import { useStore } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { EmptyState } from '../components/EmptyState';
import { CannedEditor, type EditedReply } from './CannedEditor';
import { CannedList } from './CannedList';
import { search } from './search';
import type { CannedStore } from './store';

interface Props {
  canned: CannedStore;
  me: Person;
}

const scopes: CannedScope[] = ['mine', 'shared'];

/** The saved replies: the agent's own, and the shared ones, which admins edit. */
export function CannedView({ canned, me }: Props) {
  const { t } = useTranslation();
  const { items, loaded } = useStore(canned);
  const [words, setWords] = useState('');
  const [edited, setEdited] = useState<EditedReply>();
  const [said, setSaid] = useState('');
  useEffect(() => void canned.load(), [canned]);

  const editable = (scope: CannedScope) => scope === 'mine' || !!me.admin;
  const fail = (code: string) => setSaid(t(`error_${code}`));

  const move = async (item: Canned, to: number) => {
    const outcome = await canned.move(item, to);
    if (outcome.kind === 'failed') return fail(outcome.code);
    if (outcome.kind === 'conflict') return fail('conflict');
    const order = canned.inScope(item.scope);
    const place = order.findIndex(({ key }) => key === item.key) + 1;
    setSaid(t('moved', { title: item.title, n: place, of: order.length }));
  };
  const remove = async (item: Canned) => {
    const outcome = await canned.remove(item);
    if (outcome.kind === 'failed') return fail(outcome.code);
    if (outcome.kind === 'conflict' && outcome.theirs) return fail('conflict');
    setSaid(t('deleted', { title: item.title }));
  };

  const found = search(items, words);
  return (
    <main class="page">
      <header class="page-head">
        <h1>{t('view_canned')}</h1>
        <input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <button
          type="button"
          class="primary"
          onClick={() => setEdited({ scope: 'mine', title: '', text: '' })}
        >
          {t('cannedNew')}
        </button>
      </header>
      <p class="hint">{t('cannedText')}</p>
      <p class="announcement" role="status">
        {said}
      </p>
      {!loaded && <p class="empty-note">{t('loading')}</p>}
      {loaded && items.length === 0 && <EmptyState title={t('cannedEmpty')} text={t('cannedEmptyText')} />}
      {loaded && items.length > 0 && found.length === 0 && <p class="empty-note">{t('noResults')}</p>}
      {scopes.map((scope) => {
        const of = found.filter((item) => item.scope === scope);
        if (!of.length) return null;
        return (
          <section key={scope} aria-labelledby={`canned-${scope}`}>
            <h2 id={`canned-${scope}`}>
              {t(`canned_${scope}`)} <span class="count-badge">{of.length}</span>
            </h2>
            <CannedList
              items={of}
              editable={editable(scope)}
              movable={editable(scope) && !words.trim() && of.length > 1}
              edit={setEdited}
              remove={(item) => void remove(item)}
              move={move}
            />
          </section>
        );
      })}
      {edited && (
        <CannedEditor
          edited={edited}
          admin={!!me.admin}
          put={(item) => canned.put(item)}
          close={() => setEdited(undefined)}
        />
      )}
    </main>
  );
}
