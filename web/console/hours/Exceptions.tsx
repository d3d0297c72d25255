import { MAX_EXCEPTIONS } from '../../client/wire/limits';
import type { OpenSpan, Schedule } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { Icon } from '../components/Icon';
import { DayHours, Problem } from './DayHours';
import { addDays, isDate, weekdayOf } from './schedule';
import { dateWords } from './words';

type Exception = NonNullable<Schedule['exceptions']>[number];

interface Props {
  exceptions: readonly Exception[];
  week: readonly OpenSpan[][];
  /** The date in the shop's zone. */
  today: string;
  problem(path: string): string | undefined;
  touched(path: string): void;
  change(exceptions: Exception[]): void;
}

const OFFICE: OpenSpan[] = [{ from: '09:00', to: '18:00' }];

/** The dates on which the week does not count: holidays, a long lunch. */
export function Exceptions({ exceptions, week, today, problem, touched, change }: Props) {
  const text = useTranslation();
  const { t } = text;
  const put = (i: number, it: Partial<Exception>) =>
    change(exceptions.map((was, at) => (at === i ? { ...was, ...it } : was)));
  const usual = (date: string) =>
    isDate(date) && week[weekdayOf(date)]?.length ? week[weekdayOf(date)] : OFFICE;
  const past = exceptions.filter(({ date }) => isDate(date) && date < today).length;
  /** The first free date from tomorrow on. */
  const nextDate = () => {
    for (let date = addDays(today, 1); ; date = addDays(date, 1))
      if (!exceptions.some((it) => it.date === date)) return date;
  };
  return (
    <>
      <p class="hint">{t('hoursExceptionsText')}</p>
      {exceptions.map(({ date, open }, i) => {
        const day = isDate(date) ? dateWords(date, text) : t('hoursDate');
        const wrong = problem(`exceptions.${i}.date`);
        return (
          <div key={i} class="exception">
            <div class="exception-date">
              <input
                type="date"
                aria-label={t('hoursDate')}
                aria-invalid={wrong !== undefined}
                aria-describedby={wrong ? `exceptions.${i}.date` : undefined}
                value={date}
                onInput={({ currentTarget: { value } }) => put(i, { date: value })}
                onBlur={() => touched(`exceptions.${i}.date`)}
              />
              <button
                type="button"
                class="icon-button"
                aria-label={t('hoursRemoveDate', { date: day })}
                onClick={() => change(exceptions.filter((_, at) => at !== i))}
              >
                <Icon name="close" />
              </button>
              <Problem id={`exceptions.${i}.date`} text={wrong} />
            </div>
            <DayHours
              day={day}
              spans={open}
              usual={usual(date) ?? OFFICE}
              path={`exceptions.${i}`}
              problem={problem}
              touched={touched}
              change={(spans) => put(i, { open: spans })}
            />
          </div>
        );
      })}
      <Problem id="exceptions" text={problem('exceptions')} />
      <p class="exception-acts">
        {exceptions.length < MAX_EXCEPTIONS && (
          <button
            type="button"
            class="secondary"
            onClick={() => change([...exceptions, { date: nextDate(), open: [] }])}
          >
            {t('hoursAddDate')}
          </button>
        )}
        {past > 0 && (
          <button
            type="button"
            class="secondary"
            onClick={() => change(exceptions.filter(({ date }) => !isDate(date) || date >= today))}
          >
            {t('hoursRemovePast', { n: past })}
          </button>
        )}
      </p>
    </>
  );
}
