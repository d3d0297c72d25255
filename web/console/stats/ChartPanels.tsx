import { useMemo } from 'preact/hooks';
import { useTranslation } from '../../components/translation';
import { ChartPanel } from './ChartPanel';
import { HeatMap } from './chart/HeatMap';
import { mean, withinHours } from './figures';
import { hourName, weekdayName } from './labels';
import type { StatsData } from './load';
import { MAX_DAILY_DAYS } from './range';
import { formatValue, type Kind, type Sheet } from './sheet';
import { byAgent, endings, left, MEASURES, outcomes, ratings, staff, times, week } from './sheets';
import { TimeChart } from './TimeChart';

/** Word keys of the notes that say how many chats are included. */
const NOTE_KEYS = {
  wait: 'noteChats',
  first: 'noteFirst',
  response: 'noteReplies',
  talk: 'noteChats',
} as const;

/** All charts of a range. `period`: its days in words. */
export function ChartPanels({ data, period }: { data: StatsData; period: string }) {
  const text = useTranslation();
  const { t } = text;
  const { total, range } = data;
  const sheets = useMemo(
    () => ({
      outcomes: outcomes(data, text),
      endings: endings(data, text),
      ratings: ratings(data, text),
      staff: staff(data, text),
      left: left(data, text),
      byAgent: byAgent(data, text),
      times: MEASURES.map((name) => ({ name, sheet: times(name, data, text) })),
    }),
    [data, text],
  );
  const days = `${range.from} ${range.to}`;
  const without = { abandoned: total.abandoned, unanswered: total.unanswered };
  const panel = (name: string, sheet: Sheet, kind: Kind, sentence: string, note?: string) => (
    <ChartPanel
      key={name}
      sheet={sheet}
      days={days}
      about={t(`about_${name}`)}
      {...(note && { note })}
      legend={sheet.columns.flatMap(({ series, name }) => (series ? [{ series, name }] : []))}
    >
      <TimeChart data={data} sheet={sheet} kind={kind} sentence={`${sheet.title}, ${period}: ${sentence}`} />
    </ChartPanel>
  );
  return (
    <div class="panels">
      {panel(
        'outcomes',
        sheets.outcomes,
        'count',
        t('summaryOutcomes', {
          n: total.started,
          answered: total.answered,
          ...without,
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
            ? t('summaryTimes', {
                p50: formatValue(withinHours(total, name).p50, 'time', text),
                p90: formatValue(withinHours(total, name).p90, 'time', text),
                at: peak(sheet, 0).at,
                most: formatValue(peak(sheet, 0).most, 'time', text),
              })
            : t('noData'),
          t(NOTE_KEYS[name], { n: total[name].n, ...without }),
        ),
      )}
      {panel(
        'ratings',
        sheets.ratings,
        'score',
        total.rating.n
          ? t('summaryRatings', { score: formatValue(mean(total.rating), 'score', text), n: total.rating.n })
          : t('noData'),
        t('noteRated', { n: total.rating.n, of: total.started }),
      )}
      {total.mostWaiting + total.online > 0 &&
        panel(
          'staff',
          sheets.staff,
          'count',
          t('summaryStaff', { waiting: total.mostWaiting, online: total.online }),
        )}
      {total.left > 0 &&
        panel(
          'left',
          sheets.left,
          'count',
          t('summaryLeft', { n: total.left, answered: total.leftAnswered, ...peak(sheets.left, 2) }),
        )}
      <WeekPanel data={data} days={days} period={period} />
      <ChartPanel sheet={sheets.byAgent} days={days} about={t('about_byAgent')} wide />
    </div>
  );
}

function WeekPanel({ data: { hours }, days, period }: { data: StatsData; days: string; period: string }) {
  const text = useTranslation();
  const { t, lang } = text;
  const sheet = useMemo(() => hours && week(hours, text), [hours, text]);
  if (!sheet) return <p class="note wide">{t('weekTooLong', { n: MAX_DAILY_DAYS })}</p>;
  const { at, most } = peak(sheet, 0);
  const values = sheet.columns[0]?.values.map((it) => it ?? 0) ?? [];
  return (
    <ChartPanel wide sheet={sheet} days={days} about={t('about_week')}>
      <HeatMap
        title={sheet.title}
        sentence={`${sheet.title}, ${period}: ${t('summaryWeek', { at, n: most })}`}
        values={values}
        label={(value) => formatValue(value, 'count', text)}
        weekday={(day) => weekdayName(day, lang)}
        hour={(hour) => hourName(hour, lang)}
        pointInfo={(point) => ({
          name: sheet.rows[point]?.name ?? '',
          lines: sheet.columns.map(({ name, values: of, kind }) => ({
            name,
            value: formatValue(of[point], kind, text),
          })),
        })}
      />
    </ChartPanel>
  );
}

/** A column's highest value, and the name of its row. */
function peak({ rows, columns }: Sheet, column: number): { at: string; most: number } {
  const values = columns[column]?.values.map((it) => it ?? 0) ?? [];
  const most = Math.max(0, ...values);
  return { at: rows[values.indexOf(most)]?.name ?? '', most };
}
