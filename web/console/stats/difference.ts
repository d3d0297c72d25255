import type { Translation } from '../../components/translation';
import { formatDuration } from '../time/duration';
import { formatValue, type Kind } from './sheet';

/** Whether more or less is better, or neither. */
export type Better = 'more' | 'less' | 'either';

export interface Difference {
  /** Decorative: the words say the same. */
  arrow: string;
  words: string;
  tone: 'better' | 'worse' | 'same';
}

/** The change since the previous period, in words; undefined if one of the figures is. */
export function difference(
  now: number | undefined,
  before: number | undefined,
  kind: Kind,
  better: Better,
  text: Translation,
): Difference | undefined {
  if (now === undefined || before === undefined) return;
  const by = formatAmount(now, before, kind, text);
  if (!by) return { arrow: '=', words: text.t('noChange'), tone: 'same' };
  const up = now > before;
  const tone = better === 'either' ? 'same' : (better === 'more') === up ? 'better' : 'worse';
  const words = text.t(`${kind}_${up ? 'up' : 'down'}`, { by });
  return { arrow: up ? '▲' : '▼', words, tone };
}

/** The size of the change; undefined if it rounds to zero. */
function formatAmount(now: number, before: number, kind: Kind, text: Translation): string | undefined {
  const by = Math.abs(now - before);
  switch (kind) {
    case 'count':
      return by ? formatValue(by, kind, text) : undefined;
    case 'time':
      return by >= 500 ? formatDuration(by, text) : undefined;
    case 'share':
      return by >= 0.0005 ? (100 * by).toFixed(1) : undefined;
    case 'score':
      return by >= 0.05 ? by.toFixed(1) : undefined;
  }
}
