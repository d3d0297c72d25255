import { useEffect, useMemo } from 'preact/hooks';
import type { AgentSession, AgentState } from '../../client/agent/state';
import { useStore } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { selectableAgents } from '../components/AgentOptions';
import { EmptyState } from '../components/EmptyState';
import { usePages } from '../components/usePages';
import { navigate, type Route } from '../route';
import { CsvExport } from './CsvExport';
import { FilterForm } from './FilterForm';
import { type Filter, filterOf, queryOf } from './filter';
import { PastTable } from './PastTable';
import { PastChatList } from './pages';
import { TranscriptPane } from './TranscriptPane';

interface Props {
  session: AgentSession;
  state: AgentState;
  route: Route;
}

/** Ended chats: filter, table, and a transcript beside it. All of its state is in the address. */
export function PastView({ session, state, route }: Props) {
  const { t } = useTranslation();
  const filter = filterOf(route.query);
  const filterKey = queryOf(filter).toString();
  const past = useMemo(
    () => new PastChatList((command) => session.request(command), filter),
    [filterKey, session],
  );
  const { rooms, status: at, failed } = useStore(past);
  useEffect(() => {
    void past.more();
    return () => past.close();
  }, [past]);

  const { rows, page, of, pager } = usePages(rooms);
  const listedAgents = rooms.flatMap(({ agents }) => agents ?? []);
  const [id] = route.rooms;
  const show = (next: Filter, typed = false) => navigate('past', [], queryOf(next), typed);
  return (
    <main class={id ? 'past-view reading' : 'past-view'}>
      <h1 class="visually-hidden">{t('view_past')}</h1>
      <div class="page">
        <header class="page-head">
          <p class="title" aria-hidden="true">
            {t('view_past')}
          </p>
          <CsvExport key={filterKey} session={session} filter={filter} />
        </header>
        <FilterForm
          filter={filter}
          agents={selectableAgents(state, listedAgents, filter.agent)}
          change={show}
        />
        {rooms.length > 0 && <PastTable rooms={rows} selected={id} query={queryOf(filter)} />}
        {pager}
        {at === 'all' && rooms.length === 0 && (
          <EmptyState title={t('pastEmpty')} text={t('pastEmptyText')} />
        )}
        <p class="empty-note" role="status">
          {at === 'loading' && t('loading')}
          {at === 'all' && rooms.length > 0 && t('pastTotal', { n: rooms.length })}
          {at === 'failed' && t(`error_${failed}`)}
        </p>
        {(at === 'more' || at === 'failed') && page === of - 1 && (
          <button type="button" class="secondary more-rows" onClick={() => void past.more()}>
            {t(at === 'failed' ? 'again' : 'pastMore')}
          </button>
        )}
      </div>
      {id && (
        <TranscriptPane
          key={id}
          id={id}
          room={rooms.find((it) => it.id === id)}
          session={session}
          admin={!!state.me?.admin}
          close={() => navigate('past', [], route.query)}
        />
      )}
    </main>
  );
}
