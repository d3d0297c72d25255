import { useEffect, useState } from 'preact/hooks';
import { MAX_SEARCH } from '../../shared/limits';
import type { Person } from '../../shared/protocol';
import { useText } from '../../ui/text';
import { AgentOptions } from '../Agents';
import { DayField } from '../DayField';
import { type Filter, reasons } from './query';

interface Props {
  filter: Filter;
  agents: Person[];
  change(filter: Filter): void;
}

/** Which chats; what is chosen counts at once, words when they are complete. */
export function FilterForm({ filter, agents, change }: Props) {
  const { t } = useText();
  // Rows that come in meanwhile draw this anew: what is being typed is nobody else's.
  const [words, setWords] = useState(filter.text);
  useEffect(() => setWords(filter.text), [filter.text]);
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
          day={filter.from}
          choose={(from) => change({ ...filter, from })}
        />
        <DayField
          label={t('to')}
          min={filter.from}
          day={filter.to}
          choose={(to) => change({ ...filter, to })}
        />
        <label>
          <span>{t('agent')}</span>
          <select {...field('agent')}>
            <AgentOptions all={t('anyone')} agents={agents} />
          </select>
        </label>
        <label>
          <span>{t('reason')}</span>
          <select {...field('reason')}>
            <option value="">{t('any')}</option>
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
            <option value="">{t('any')}</option>
            {[5, 4, 3, 2, 1].map((score) => (
              <option key={score} value={score}>
                {t('stars', { n: score })}
              </option>
            ))}
          </select>
        </label>
        <label class="words">
          <span>{t('words')}</span>
          <input
            type="search"
            maxLength={MAX_SEARCH}
            {...field('text')}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </label>
      </form>
    </search>
  );
}
