import type { Schedule } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { addDays, DAY, minutesOf, spansOn, wallClock } from './schedule';
import { dateWords, spansWords } from './words';

const DAYS = 7;
const HEIGHT = 12;
const TICKS = [0, 6, 12, 18, 24];

/** The next seven days of a schedule: a bar of 24 hours for each, and its hours in words. */
export function WeekPicture({ schedule, now }: { schedule: Schedule; now: number }) {
  const text = useTranslation();
  const { t } = text;
  const { zone, closed } = schedule;
  const here = wallClock(zone, now);
  const end = closed?.until === undefined ? undefined : wallClock(zone, closed.until);
  /** Up to which minute of a day the shop is closed by hand. */
  const closedTo = (date: string) => {
    if (!closed) return 0;
    if (!end || date < end.date) return DAY;
    return date === end.date ? end.minutes : 0;
  };
  return (
    <section aria-labelledby="hours-next" class="week">
      <h2 id="hours-next">{t('hoursNext')}</h2>
      <p class="ticks" aria-hidden="true">
        {TICKS.map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </p>
      <ol>
        {Array.from({ length: DAYS }, (_, i) => {
          const date = addDays(here.date, i);
          const { spans, special } = spansOn(schedule, date);
          const byHand = closedTo(date);
          return (
            <li key={date}>
              <span class="date">{i === 0 ? t('hoursToday') : dateWords(date, text)}</span>
              <svg viewBox={`0 0 ${DAY} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
                <rect class="night" width={DAY} height={HEIGHT} />
                {spans.map((span) => {
                  const [from, to] = [minutesOf(span.from) ?? 0, minutesOf(span.to) ?? 0];
                  return (
                    <rect key={span.from} class="hours-open" x={from} width={to - from} height={HEIGHT} />
                  );
                })}
                {byHand > 0 && <rect class="by-hand" width={byHand} height={HEIGHT} />}
                {i === 0 && <rect class="here" x={here.minutes} width={6} height={HEIGHT} />}
              </svg>
              <span class="words">
                {spansWords(spans, text)}
                {special && <span class="topic">{t('hoursSpecial')}</span>}
                {byHand > 0 && spans.length > 0 && <span class="topic">{t('closedByHand')}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
