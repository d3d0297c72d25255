/** Series drawn as bars, each in its own colour and pattern. */
export const BARS = [
  'answered',
  'unserved',
  'agent_ended',
  'customer_ended',
  'idle',
  'customer_left',
  'abandoned',
  'expired',
] as const;
export type Bar = (typeof BARS)[number];
export type Line = 'p50' | 'p90' | 'mean' | 'earlier' | 'mostWaiting' | 'online';
export type Series = Bar | Line;

export const isBar = (series: Series | undefined): series is Bar => BARS.includes(series as Bar);

const circle = 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z';
const square = 'M-2.7-2.7h5.4v5.4h-5.4z';

/** Marker shapes, which tell lines apart without colour. */
export const MARKER_SHAPES: Record<Line, string> = {
  p50: circle,
  p90: 'M0-5.4L5 3.4H-5z',
  mean: circle,
  earlier: 'M0-3.2L3.2 0L0 3.2L-3.2 0z',
  mostWaiting: square,
  online: circle,
};

export const barFill = (series: Bar) => `url(#fill-${series})`;

/** A sample of a series, for legends. */
export function SeriesMark({ series }: { series: Series }) {
  return (
    <svg class="mark" viewBox="0 0 18 12" aria-hidden="true">
      {isBar(series) ? (
        <rect width="18" height="12" rx="3" fill={barFill(series)} />
      ) : (
        <>
          {series === 'p90' && <rect class="band" width="18" height="12" y="4" />}
          <path class={`line ${series}`} d={series === 'p90' ? 'M0 4h18' : 'M0 6h18'} />
          <path
            class={`shape ${series}`}
            d={MARKER_SHAPES[series]}
            transform={`translate(9 ${series === 'p90' ? 4 : 6})`}
          />
        </>
      )}
    </svg>
  );
}

export function Legend({ of }: { of: { series: Series; name: string }[] }) {
  return (
    <ul class="legend">
      {of.map(({ series, name }) => (
        <li key={series}>
          <SeriesMark series={series} /> {name}
        </li>
      ))}
    </ul>
  );
}

const SIZE = 8;
/** Drawn over the colours, to tell bars apart without them. */
const PATTERNS: Record<Bar, string> = {
  answered: '',
  unserved: 'M-2 6l4 4M0 0l8 8M6-2l4 4M-2 2l4-4M0 8l8-8M6 10l4-4',
  agent_ended: '',
  customer_ended: 'M0 2h8M0 6h8',
  idle: 'M2 0v8M6 0v8',
  customer_left: 'M-2 2l4-4M0 8l8-8M6 10l4-4',
  abandoned: 'M-2 6l4 4M0 0l8 8M6-2l4 4M-2 2l4-4M0 8l8-8M6 10l4-4',
  expired: 'M2 0v8M6 0v8',
};

/** The fills of all bars; once on the page. */
export function Patterns() {
  return (
    <svg class="patterns" width="0" height="0" aria-hidden="true">
      <defs>
        {BARS.map((bar) => (
          <pattern key={bar} id={`fill-${bar}`} width={SIZE} height={SIZE} patternUnits="userSpaceOnUse">
            <rect class={`ground ${bar}`} width={SIZE} height={SIZE} />
            <path class="lines" d={PATTERNS[bar]} />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
