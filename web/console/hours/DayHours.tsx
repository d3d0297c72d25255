import type { ComponentChildren } from 'preact';
import { MAX_SPANS } from '../../client/wire/limits';
import type { OpenSpan } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { Icon } from '../components/Icon';
import { spansWords } from './words';

interface Props {
  /** The weekday or the date. */
  day: string;
  spans: readonly OpenSpan[];
  /** What is added to a day that is closed. */
  usual: readonly OpenSpan[];
  /** The fields' place in the schedule, as `week.0`. */
  path: string;
  /** The problem of a field, in words. */
  problem(path: string): string | undefined;
  /** The user has been at a field. */
  touched(path: string): void;
  change(spans: OpenSpan[]): void;
  /** More buttons. */
  children?: ComponentChildren;
}

const NEXT: OpenSpan = { from: '', to: '' };
/** A field for times of day has no 24:00. */
const shown = (to: string) => (to === '24:00' ? '00:00' : to);
const meant = (to: string) => (to === '00:00' ? '24:00' : to);

/** The fields of one day: from and to of each span. */
export function DayHours({ day, spans, usual, path, problem, touched, change, children }: Props) {
  const text = useTranslation();
  const { t } = text;
  const put = (i: number, span: OpenSpan) => change(spans.map((it, at) => (at === i ? span : it)));
  const field = (i: number, name: keyof OpenSpan, span: OpenSpan) => {
    const wrong = problem(`${path}.${i}`) !== undefined;
    return (
      <input
        type="time"
        aria-label={t(name === 'from' ? 'hoursFrom' : 'hoursTo', { day })}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${path}.${i}` : undefined}
        value={name === 'to' ? shown(span.to) : span.from}
        onInput={({ currentTarget: { value } }) =>
          put(i, { ...span, [name]: name === 'to' ? meant(value) : value })
        }
        onBlur={({ relatedTarget, currentTarget }) => {
          const same = relatedTarget instanceof Node && currentTarget.parentElement?.contains(relatedTarget);
          if (!same) touched(`${path}.${i}`);
        }}
      />
    );
  };
  const whole = problem(path);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend has no place in the grid
    <div class="hours-day" role="group" aria-label={day}>
      <span class="day-name" aria-hidden="true">
        {day}
      </span>
      <div class="day-spans">
        {spans.length === 0 && <span class="day-closed">{t('hoursClosedDay')}</span>}
        {spans.map((span, i) => (
          <div key={i} class="day-span">
            {field(i, 'from', span)}
            <span aria-hidden="true">–</span>
            {field(i, 'to', span)}
            <button
              type="button"
              class="icon-button"
              aria-label={t('hoursRemove', { day, time: spansWords([span], text) })}
              onClick={() => change(spans.filter((_, at) => at !== i))}
            >
              <Icon name="close" />
            </button>
            {span.from === '00:00' && span.to === '24:00' && <span class="hint">{t('hoursAllDay')}</span>}
            <Problem id={`${path}.${i}`} text={problem(`${path}.${i}`)} />
          </div>
        ))}
        <Problem id={path} text={whole} />
      </div>
      <div class="day-acts">
        {spans.length < MAX_SPANS && (
          <button
            type="button"
            class="secondary small"
            aria-label={t('hoursAddTo', { day })}
            onClick={() => change(spans.length ? [...spans, NEXT] : [...usual])}
          >
            {t('hoursAdd')}
          </button>
        )}
        {spans.length > 0 && (
          <button
            type="button"
            class="secondary small"
            aria-label={t('hoursCloseDay', { day })}
            onClick={() => change([])}
          >
            {t('hoursClosedDay')}
          </button>
        )}
        {children}
      </div>
    </div>
  );
}

/** What is wrong at a field; screen readers announce it. */
export function Problem({ id, text }: { id: string; text: string | undefined }) {
  return (
    <span class="problem danger" id={id} role="alert">
      {text}
    </span>
  );
}
