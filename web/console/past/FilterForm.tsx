import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_SEARCH } from '../../client/wire/limits';
import type { Person } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { AgentOptions } from '../components/AgentOptions';
import { DayField } from '../components/DayField';
import { type Filter, reasons } from './filter';

interface Props {
  filter: Filter;
  agents: Person[];
  /** `typed`: the change comes from typing, and replaces the history entry. */
  change(filter: Filter, typed?: boolean): void;
}

/** The search starts after this pause in typing. */
const TYPING_PAUSE_MS = 500;

/** The filters. A choice applies at once, the search text after a pause in typing. */
export function FilterForm({ filter, agents, change }: Props) {
  const { t } = useTranslation();
  // New rows redraw the form; the text being typed must not change by that.
  const [words, setWords] = useState(filter.text);
  const applied = useRef(filter.text);
  useEffect(() => {
    if (filter.text !== applied.current) setWords(filter.text);
    applied.current = filter.text;
  }, [filter.text]);
  const search = (text: string) => {
    if (text === applied.current) return;
    applied.current = text;
    change({ ...filter, text }, true);
  };
  useEffect(() => {
    if (words === applied.current) return;
    const timer = setTimeout(() => search(words), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  });
  const field = (name: keyof Filter) => ({
    name,
    value: filter[name],
    onChange: (event: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
      change({ ...filter, [name]: event.currentTarget.value }),
  });
  return (
    <search class="filter">
      <form onSubmit={(event) => event.preventDefault()}>
        <DayField
          label={t('from')}
          max={filter.to}
          value={filter.from}
          onChoose={(from) => change({ ...filter, from })}
        />
        <DayField
          label={t('to')}
          min={filter.from}
          value={filter.to}
          onChoose={(to) => change({ ...filter, to })}
        />
        <label>
          <span>{t('agent')}</span>
          <select {...field('agent')}>
            <AgentOptions all={t('anyAgent')} agents={agents} />
          </select>
        </label>
        <label>
          <span>{t('reason')}</span>
          <select {...field('reason')}>
            <option value="">{t('anyValue')}</option>
            {reasons.map((reason) => (
              <option key={reason} value={reason}>
                {t(`short_${reason}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{t('rating')}</span>
          <select {...field('rating')}>
            <option value="">{t('anyValue')}</option>
            {[5, 4, 3, 2, 1].map((score) => (
              <option key={score} value={score}>
                {t('stars', { n: score })}
              </option>
            ))}
          </select>
        </label>
        <label class="words">
          <span>{t('searchChats')}</span>
          <input
            type="search"
            name="text"
            maxLength={MAX_SEARCH}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
            onChange={(event) => search(event.currentTarget.value)}
          />
        </label>
      </form>
    </search>
  );
}
