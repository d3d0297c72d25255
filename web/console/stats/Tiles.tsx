import type { Histogram } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { type Better, difference } from './difference';
import { type Duration, hasClosedTime, mean, withinHours } from './figures';
import type { StatsData } from './load';
import { formatValue, type Kind } from './sheet';

interface Tile {
  name: string;
  value: number | undefined;
  before: number | undefined;
  kind: Kind;
  better: Better;
  /** Small print below the figure. */
  note: string;
  /** The same, in a line of its own: the time with nights and closed days. */
  inAll?: string;
}

/** The main figures of the range, each with its change since the previous period. */
export function Tiles({ data: { total, totalPrevious: totalBefore } }: { data: StatsData }) {
  const text = useTranslation();
  const { t } = text;
  const ratio = (n: number, of: number) => (of ? n / of : undefined);
  const share = (n: number, of: number) => formatValue(ratio(n, of), 'share', text);
  const histogramTile = (
    name: string,
    of: (it: typeof total) => Histogram,
    kind: Kind,
    wish: Better,
  ): Tile => ({
    name: t('meanOf', { name: t(name) }),
    value: mean(of(total)),
    before: mean(of(totalBefore)),
    kind,
    better: wish,
    note: of(total).n
      ? t(kind === 'time' ? 'tileTime' : 'tileScore', {
          p50: formatValue(of(total).p50, kind, text),
          p90: formatValue(of(total).p90, kind, text),
          n: of(total).n,
        })
      : t('tileNoData'),
  });
  const timeTile = (name: Duration, wish: Better): Tile => {
    const tile = histogramTile(name, (it) => withinHours(it, name), 'time', wish);
    if (!hasClosedTime(total, name)) return tile;
    return { ...tile, inAll: t('tileInAll', { time: formatValue(mean(total[name]), 'time', text) }) };
  };
  const leftTiles: Tile[] = [
    {
      name: t('leftQuestions'),
      value: total.left,
      before: totalBefore.left,
      kind: 'count',
      better: 'either',
      note: t('tileLeft', { n: total.leftAnswered, share: share(total.leftAnswered, total.left) }),
    },
    timeTile('leftFirst', 'less'),
  ];
  const tiles: Tile[] = [
    {
      name: t('allChats'),
      value: total.started,
      before: totalBefore.started,
      kind: 'count',
      better: 'either',
      note: t('tileMessages', {
        customer: formatValue(total.texts.customer, 'count', text),
        agent: formatValue(total.texts.agent, 'count', text),
      }),
    },
    {
      name: t('answered'),
      value: total.answered,
      before: totalBefore.answered,
      kind: 'count',
      better: 'either',
      note: t('tileShare', { share: share(total.answered, total.started), n: total.started }),
    },
    {
      name: t('abandonedChats'),
      value: total.abandoned,
      before: totalBefore.abandoned,
      kind: 'count',
      better: 'less',
      note: t(total.abandoned ? 'tileAbandoned' : 'tileNoneAbandoned', {
        share: share(total.abandoned, total.started),
        time: formatValue(mean(total.abandonedWait), 'time', text),
      }),
    },
    {
      name: t('unanswered'),
      value: total.unanswered,
      before: totalBefore.unanswered,
      kind: 'count',
      better: 'less',
      note: t('tileUnanswered', { share: share(total.unanswered, total.answered) }),
    },
    timeTile('wait', 'less'),
    timeTile('first', 'less'),
    timeTile('talk', 'either'),
    histogramTile('rating', (it) => it.rating, 'score', 'more'),
    ...(total.left + totalBefore.left ? leftTiles : []),
  ];
  return (
    <dl class="tiles">
      {tiles.map(({ name, value, before, kind, better, note, inAll }) => {
        const change = difference(value, before, kind, better, text);
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="value">{formatValue(value, kind, text)}</dd>
            <dd class={`difference ${change?.tone ?? 'same'}`}>
              {change ? (
                <>
                  <span aria-hidden="true">{change.arrow}</span> {change.words}
                </>
              ) : (
                t('noPreviousData')
              )}
            </dd>
            <dd class="tile-note">{note}</dd>
            {inAll && <dd class="tile-note">{inAll}</dd>}
          </div>
        );
      })}
    </dl>
  );
}
