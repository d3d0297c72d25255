import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AgentSession, AgentState } from '../../client/agent/state';
import { timeOfDay } from '../../components/dates';
import { useStore } from '../../components/hooks';
import { TranslationContext, translation, useTranslation } from '../../components/translation';
import { selectableAgents } from '../components/AgentOptions';
import { EmptyState } from '../components/EmptyState';
import { useStyleSheet } from '../components/useStyleSheet';
import type { Route } from '../route';
import { dayOf } from '../time/days';
import { browserZone, validZone } from '../time/zone';
import { words as consoleWords } from '../words';
import { ChartPanels } from './ChartPanels';
import chart from './chart/chart.css';
import { Patterns } from './chart/series';
import { en } from './en';
import { ko } from './ko';
import { periodName } from './labels';
import { type StatsData, StatsLoad } from './load';
import { RangeForm } from './RangeForm';
import { RightNow } from './RightNow';
import { comparedDays, rangeOf } from './range';
import page from './stats.css';
import { Tiles } from './Tiles';

interface Props {
  session: AgentSession;
  state: AgentState;
  route: Route;
}

/** The dashboard, with its own words and style sheet. */
export function StatsView(props: Props) {
  const { lang } = useTranslation();
  const text = useMemo(
    () => translation(lang, { en: { ...consoleWords.en, ...en }, ko: { ...consoleWords.ko, ...ko } }),
    [lang],
  );
  useStyleSheet(page + chart);
  return (
    <TranslationContext.Provider value={text}>
      <Dashboard {...props} />
    </TranslationContext.Provider>
  );
}

function Dashboard({ session, state, route }: Props) {
  const { t, lang } = useTranslation();
  const [asOf, setAsOf] = useState(() => new Date());
  const admin = !!state.me?.admin;
  const query = route.query.toString();
  const { range, load } = useMemo(() => {
    const requested = rangeOf(route.query, asOf);
    const range = admin ? requested : { ...requested, agent: '' };
    return { range, load: new StatsLoad((command) => session.request(command), range, validZone(), asOf) };
  }, [query, admin, asOf, session]);
  useEffect(() => {
    void load.run();
    return () => load.close();
  }, [load]);
  const { share, data, failed } = useStore(load);
  // The last figures stay on the screen, greyed out, until the requested ones are loaded.
  const lastData = useRef<StatsData>();
  if (data) lastData.current = data;
  const shown = failed ? undefined : (data ?? lastData.current);
  const counted = shown?.agents.flatMap(({ agent }) => agent ?? []) ?? [];
  const days = (it: StatsData) => periodName(it.range, lang);
  const before = (it: StatsData) => periodName(comparedDays(it.range, it.asOf), lang);
  return (
    <main class="page stats" aria-busy={!data && !failed}>
      <Patterns />
      <header class="page-head">
        <h1>{t(admin ? 'view_stats' : 'yourStats')}</h1>
        <span class="as-of">{t('asOf', { time: timeOfDay(lang, asOf.getTime()) })}</span>
        <button type="button" class="secondary small" onClick={() => setAsOf(new Date())}>
          {t('refresh')}
        </button>
      </header>
      <RightNow session={session} state={state} />
      <RangeForm
        range={range}
        today={dayOf(asOf)}
        agents={admin ? selectableAgents(state, counted, range.agent) : []}
      />
      <div class="progress" role="status">
        {!data && !failed && (
          <>
            <span>{t('loading')}</span>
            <progress max={1} value={share} aria-label={t('loading')} />
          </>
        )}
        {failed && <span>{t(`error_${failed}`)}</span>}
        {shown && <span class="period">{t('period', { days: days(shown), before: before(shown) })}</span>}
        {shown && shown.zone !== browserZone() && <span>{t('zoneUnknown', { zone: browserZone() })}</span>}
      </div>
      {failed && (
        <button type="button" class="secondary more-rows" onClick={() => setAsOf(new Date())}>
          {t('again')}
        </button>
      )}
      {shown && (
        <div class={data ? 'figures' : 'figures outdated'}>
          {shown.total.started ? (
            <>
              <Tiles data={shown} />
              <ChartPanels data={shown} period={days(shown)} />
            </>
          ) : (
            <EmptyState title={t('statsEmpty')} text={t('statsEmptyText', { days: days(shown) })} />
          )}
        </div>
      )}
    </main>
  );
}
