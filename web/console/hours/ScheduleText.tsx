import type { Schedule } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { dateWords, spansWords, weekdays } from './words';

/** A schedule to read. */
export function ScheduleText({ schedule }: { schedule: Schedule }) {
  const text = useTranslation();
  const { t, lang } = text;
  const { zone, week, exceptions = [], email } = schedule;
  const names = weekdays(lang);
  return (
    <dl class="schedule">
      <Line name={t('hoursZone')} value={zone} />
      {week.map((spans, i) => (
        <Line key={names[i]} name={names[i] ?? ''} value={spansWords(spans, text)} />
      ))}
      {exceptions.map(({ date, open }) => (
        <Line key={date} name={dateWords(date, text)} value={spansWords(open, text)} />
      ))}
      <Line name={t('email')} value={t(email === 'required' ? 'hoursEmailRequired' : 'hoursEmailOptional')} />
    </dl>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
