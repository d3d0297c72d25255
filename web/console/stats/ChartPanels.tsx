import { useMemo } from 'preact/hooks';
import { useTranslation } from '../../components/translation';
import { Panel } from './ChartPanel';
import { Heat } from './chart/HeatMap';
import { mean } from './figures';
import { hourOf, weekdayOf } from './labels';
import type { Data } from './load';
import { MOST_DAILY } from './range';
import { type Kind, type Sheet, shown } from './sheet';
import { byAgent, endings, measures, outcomes, ratings, staff, times, week } from './sheets';
import { Chart } from './TimeChart';

/** How many values there are, and which chats have none. */
const notes = { wait: 'noteOf', first: 'noteFirst', response: 'noteReplies', talk: 'noteOf' } as const;

/** Every chart of a range. period: its days in words. */
export function Panels({ data, period }: { data: Data; period: string }) {
  const text = useTranslation();
  const { t } = text;
  const { total, range } = data;
  const sheets = useMemo(
    () => ({
      outcomes: outcomes(data, text),
      endings: endings(data, text),
      ratings: ratings(data, text),
      staff: staff(data, text),
      byAgent: byAgent(data, text),
      times: measures.map((name) => ({ name, sheet: times(name, data, text) })),
    }),
    [data, text],
  );
  const days = `${range.from} ${range.to}`;
  const left = { abandoned: total.abandoned, unanswered: total.unanswered };
  const panel = (name: string, sheet: Sheet, kind: Kind, sentence: string, note?: string) => (
    <Panel
      key={name}
      sheet={sheet}
      days={days}
      about={t(`about_${name}`)}
      {...(note && { note })}
      legend={sheet.columns.flatMap(({ series, name }) => (series ? [{ series, name }] : []))}
    >
      <Chart data={data} sheet={sheet} kind={kind} sentence={`${sheet.title}, ${period}: ${sentence}`} />
    </Panel>
  );
  return (
    <div class="panels">
      {panel(
        'outcomes',
        sheets.outcomes,
        'count',
        t('saidOutcomes', {
          n: total.started,
          answered: total.answered,
          ...left,
          ...peak(sheets.outcomes, 3),
        }),
      )}
      {panel(
        'endings',
        sheets.endings,
        'count',
        sheets.endings.columns
          .map(({ name, values }) => `${name} ${values.reduce<number>((sum, it) => sum + (it ?? 0), 0)}`)
          .join(', '),
      )}
      {sheets.times.map(({ name, sheet }) =>
        panel(
          name,
          sheet,
          'time',
          total[name].n
            ? t('saidTimes', {
                p50: shown(total[name].p50, 'time', text),
                p90: shown(total[name].p90, 'time', text),
                at: peak(sheet, 0).at,
                most: shown(peak(sheet, 0).most, 'time', text),
              })
            : t('none'),
          t(notes[name], { n: total[name].n, ...left }),
        ),
      )}
      {panel(
        'ratings',
        sheets.ratings,
        'score',
        total.rating.n
          ? t('saidRatings', { score: shown(mean(total.rating), 'score', text), n: total.rating.n })
          : t('none'),
        t('noteRated', { n: total.rating.n, of: total.started }),
      )}
      {total.mostWaiting + total.online > 0 &&
        panel(
          'staff',
          sheets.staff,
          'count',
          t('saidStaff', { waiting: total.mostWaiting, online: total.online }),
        )}
      <Week data={data} days={days} period={period} />
      <Panel sheet={sheets.byAgent} days={days} about={t('about_byAgent')} wide />
    </div>
  );
}

function Week({ data: { hours }, days, period }: { data: Data; days: string; period: string }) {
  const text = useTranslation();
  const { t, lang } = text;
  const sheet = useMemo(() => hours && week(hours, text), [hours, text]);
  if (!sheet) return <p class="note wide">{t('weekTooLong', { n: MOST_DAILY })}</p>;
  const { at, most } = peak(sheet, 0);
  const values = sheet.columns[0]?.values.map((it) => it ?? 0) ?? [];
  return (
    <Panel wide sheet={sheet} days={days} about={t('about_week')}>
      <Heat
        title={sheet.title}
        sentence={`${sheet.title}, ${period}: ${t('saidWeek', { at, n: most })}`}
        values={values}
        label={(value) => shown(value, 'count', text)}
        weekday={(day) => weekdayOf(day, lang)}
        hour={(hour) => hourOf(hour, lang)}
        said={(point) => ({
          name: sheet.rows[point]?.name ?? '',
          lines: sheet.columns.map(({ name, values: of, kind }) => ({
            name,
            value: shown(of[point], kind, text),
          })),
        })}
      />
    </Panel>
  );
}

/** Where a column has its highest value. */
function peak({ rows, columns }: Sheet, column: number): { at: string; most: number } {
  const values = columns[column]?.values.map((it) => it ?? 0) ?? [];
  const most = Math.max(0, ...values);
  return { at: rows[values.indexOf(most)]?.name ?? '', most };
}
