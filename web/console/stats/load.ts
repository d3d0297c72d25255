import type { ErrorCode, Figures, StatsQuery, StatsSpan } from '../../client/wire/protocol';
import { Observable } from '../../components/observable';
import { codeOf, errorCode, type Request, RequestFailed } from '../request';
import { UTC } from '../time/zone';
import { fillBuckets, noFigures } from './figures';
import {
  type Bucket,
  bucketsOf,
  type Days,
  HOUR,
  previousDays,
  previousStatsSpan,
  type Range,
  spanOf,
  statsSpan,
  type Unit,
  unitOf,
} from './range';

type Query = StatsSpan & Pick<StatsQuery, 'by' | 'agent'>;

/** Rows of one answer. */
const PAGE = 96;

/** Everything that the dashboard draws. */
export interface StatsData {
  range: Range;
  unit: Unit;
  asOf: Date;
  /** Time zone of the days. */
  zone: string;
  buckets: Bucket[];
  series: Figures[];
  total: Figures;
  /** Of the previous period: by position, and in total up to the same point as this one. */
  previous: Figures[];
  totalPrevious: Figures;
  agents: Figures[];
  /** Undefined for a range too long to be reported by hour. */
  hours: Figures[] | undefined;
}

export interface LoadState {
  /** Progress, 0–1. */
  share: number;
  data?: StatsData;
  failed?: ErrorCode;
}

/** Loads the figures of one range. */
export class StatsLoad extends Observable<LoadState> {
  private closed = false;
  private answers = 0;

  constructor(
    private request: Request,
    private range: Range,
    private zone: string,
    private now: Date,
  ) {
    super({ share: 0 });
  }

  close(): void {
    this.closed = true;
  }

  async run(): Promise<void> {
    try {
      this.show({ share: 1, data: await this.all() });
    } catch (error) {
      const failed = codeOf(error);
      if (failed !== 'invalid' || this.zone === UTC) return this.show({ share: 0, failed });
      this.zone = UTC; // which every server accepts
      await this.run();
    }
  }

  private async all(): Promise<StatsData> {
    const { range } = this;
    const unit = unitOf(range);
    const span = statsSpan(range, range);
    const agentFilter = range.agent ? { agent: range.agent } : {};
    const buckets = bucketsOf(range);
    const previousBuckets = bucketsOf(previousDays(range));
    const [series, before, [total], [totalBefore], agents, hours] = await Promise.all([
      this.series(unit, range, agentFilter),
      this.series(unit, previousDays(range), agentFilter),
      this.rows({ by: 'range', ...span, ...agentFilter }),
      this.rows({ by: 'range', ...previousStatsSpan(range, this.now), ...agentFilter }),
      this.rows({ by: 'agent', ...span }),
      unit === 'month' ? undefined : this.rows({ by: 'hour', ...span, ...agentFilter }),
    ]);
    return {
      range,
      unit,
      asOf: this.now,
      zone: this.zone,
      buckets,
      series: fillBuckets(buckets, series),
      total: total ?? noFigures(0),
      previous: fillBuckets(previousBuckets, before),
      totalPrevious: totalBefore ?? noFigures(0),
      agents,
      hours,
    };
  }

  /** Months are requested one by one: percentiles of days do not add up to a month's. */
  private async series(unit: Unit, days: Days, agentFilter: { agent?: string }): Promise<Figures[]> {
    if (unit !== 'month') return this.rows({ by: unit, ...statsSpan(this.range, days), ...agentFilter });
    const months = bucketsOf(days).map(async (it) => {
      const rows = await this.rows({ by: 'range', ...statsSpan(this.range, it.days), ...agentFilter });
      return rows.map((row) => ({ ...row, day: it.days.from }));
    });
    return (await Promise.all(months)).flat();
  }

  /** All rows of an answer, page by page. */
  private async rows(query: Query): Promise<Figures[]> {
    const rows: Figures[] = [];
    let cursor: string | undefined;
    do {
      const answer = await this.request({
        action: 'stats',
        ...query,
        tz: this.zone,
        ...(cursor && { cursor }),
      });
      if (answer?.type !== 'stats') throw new RequestFailed(errorCode(answer));
      if (this.closed) throw new RequestFailed('unavailable');
      rows.push(...answer.rows);
      cursor = answer.cursor;
      this.answers++;
      this.show({ share: Math.min(1, this.answers / this.expectedAnswers()) });
    } while (cursor);
    return rows;
  }

  private expectedAnswers(): number {
    const { from, to } = spanOf(this.range);
    const hours = (to - from) / HOUR;
    const points = bucketsOf(this.range).length;
    const unit = unitOf(this.range);
    const pages = unit === 'month' ? points : Math.ceil(points / PAGE);
    return 2 * pages + 3 + (unit === 'month' ? 0 : Math.ceil(hours / PAGE));
  }
}
