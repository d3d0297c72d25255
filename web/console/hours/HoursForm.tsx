import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { HoursFrame, OpenSpan, Schedule } from '../../client/wire/protocol';
import { useStore } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { DayHours, Problem } from './DayHours';
import { Exceptions } from './Exceptions';
import { HoursConflict } from './HoursConflict';
import { openingWords } from './openingWords';
import { isZone, problemsOf } from './problems';
import { openingAt, wallClock } from './schedule';
import type { HoursStore } from './store';
import { useHoursDraft } from './useHoursDraft';
import { WeekPicture } from './WeekPicture';
import { weekdays } from './words';

interface Props {
  hours: HoursStore;
  site: string;
  shop: HoursFrame;
  now: number;
}

const OFFICE: OpenSpan[] = [{ from: '09:00', to: '18:00' }];
/** Tuesday to Friday. */
const WEEKDAYS = [1, 2, 3, 4];

/** The schedule of a shop, for an admin to edit. What is typed stays while another view is shown. */
export function HoursForm({ hours, site, shop, now }: Props) {
  const text = useTranslation();
  const { t, lang } = text;
  const { schedule, dirty, edit, discard, save, saving, outcome, keepTheirs, closeConflict } = useHoursDraft(
    hours,
    site,
    useStore(hours).drafts[site],
    shop,
  );
  const [attempted, setAttempted] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  const problems = problemsOf(schedule);
  const valid = Object.keys(problems).length === 0;
  const problem = (path: string) =>
    problems[path] && (attempted || left.has(path)) ? t(problems[path]) : undefined;
  const touched = (path: string) => setLeft((was) => new Set(was).add(path));
  const zones = useMemo(() => ('supportedValuesOf' in Intl ? Intl.supportedValuesOf('timeZone') : []), []);
  const names = weekdays(lang);
  const change = (it: Partial<Schedule>) => edit({ ...schedule, ...it });
  const changeDays = (days: readonly number[], spans: readonly OpenSpan[]) =>
    change({ week: schedule.week.map((was, day) => (days.includes(day) ? [...spans] : was)) });

  // The first field that is wrong is where the user goes on.
  const [failures, setFailures] = useState(0);
  useEffect(() => {
    if (failures) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failures]);
  const submit = () => {
    setAttempted(true);
    if (!valid) return setFailures(failures + 1);
    void save();
  };
  const inZone = { ...schedule, ...(shop.hours?.closed && { closed: shop.hours.closed }) };
  return (
    <>
      {valid && (
        <>
          <p class="hours-preview">
            {t('hoursPreview', {
              state: openingWords(openingAt(inZone, now), now, text, schedule.zone),
              zone: schedule.zone,
            })}
          </p>
          <WeekPicture schedule={inZone} now={now} />
        </>
      )}
      <form
        ref={form}
        class="hours-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!saving) submit();
        }}
      >
        {!shop.hours && <p class="hint">{t('hoursNone')}</p>}
        <h2>{t('hoursWeek')}</h2>
        <label class="zone">
          <span>{t('hoursZone')}</span>
          <input
            list="zones"
            value={schedule.zone}
            aria-invalid={problem('zone') !== undefined}
            aria-describedby={problem('zone') && 'zone'}
            spellcheck={false}
            onInput={({ currentTarget: { value } }) => change({ zone: value.trim() })}
            onBlur={() => touched('zone')}
          />
          <datalist id="zones">
            {zones.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </label>
        <Problem id="zone" text={problem('zone')} />
        {schedule.week.map((spans, day) => (
          <DayHours
            key={names[day]}
            day={names[day] ?? ''}
            spans={spans}
            usual={OFFICE}
            path={`week.${day}`}
            problem={problem}
            touched={touched}
            change={(it) => changeDays([day], it)}
          >
            {day === 0 && (
              <button type="button" class="secondary small" onClick={() => changeDays(WEEKDAYS, spans)}>
                {t('hoursCopy')}
              </button>
            )}
          </DayHours>
        ))}
        <h2>{t('hoursExceptions')}</h2>
        <Exceptions
          exceptions={schedule.exceptions ?? []}
          week={schedule.week}
          today={wallClock(isZone(schedule.zone) ? schedule.zone : 'UTC', now).date}
          problem={problem}
          touched={touched}
          change={(exceptions) => change({ exceptions })}
        />
        <h2>{t('hoursNobody')}</h2>
        <label class="switch">
          <input
            type="checkbox"
            checked={schedule.email === 'required'}
            onChange={({ currentTarget: { checked } }) =>
              change({ email: checked ? 'required' : 'optional' })
            }
          />
          {t('hoursEmail')}
        </label>
        <div class="hours-save">
          <button type="submit" class="primary" aria-disabled={saving}>
            {t(saving ? 'hoursSaving' : 'save')}
          </button>
          {dirty && !saving && (
            <button type="button" class="secondary" onClick={discard}>
              {t('hoursDiscard')}
            </button>
          )}
          <p role="status">
            {outcome?.kind === 'done' && !dirty && t('hoursSaved')}
            {dirty && !saving && outcome?.kind !== 'failed' && t('hoursUnsaved')}
          </p>
          <p class="danger" role="alert">
            {attempted && !valid && t('hoursProblems', { n: Object.keys(problems).length })}
            {valid && outcome?.kind === 'failed' && t(`error_${outcome.code}`)}
            {valid && outcome?.kind === 'failed' && outcome.code === 'invalid' && ` ${outcome.message}`}
          </p>
        </div>
      </form>
      {outcome?.kind === 'conflict' && (
        <HoursConflict
          theirs={outcome.theirs.hours ?? schedule}
          yours={schedule}
          saving={saving}
          useMine={() => void save(outcome.theirs)}
          keepTheirs={keepTheirs}
          close={closeConflict}
        />
      )}
    </>
  );
}
