import { isDeepStrictEqual } from 'node:util';
import type { Serving } from '../wire/protocol';
import type { Wire } from './network';
import { error } from './room';

/** The shops' opening hours, in memory. */
export class Hours {
  /** What customers are told, unless an admin has closed the default shop. */
  serving: Serving = { state: 'open' };
  /** Keys of the named shops. */
  sites: string[] = [];
  private stored = new Map<string, { version: number; hours: Wire }>();

  constructor(private now: () => number) {}

  /** What a customer of the default shop is told. */
  told(): Serving {
    const hours = this.stored.get('')?.hours;
    const closed = this.closed(hours);
    if (!closed) return this.serving;
    return {
      state: 'closed',
      zone: hours.zone,
      ...(closed.until && { until: closed.until }),
      ...(hours.email === 'required' && { email: 'required' }),
    };
  }

  /** The error for a start without the address that is demanded, or with an invalid one. */
  refusal(email: string | undefined): Wire | undefined {
    const { state, email: rule } = this.told();
    const good = email ? /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) : rule !== 'required';
    return state === 'open' || good ? undefined : error('invalid');
  }

  read(site = ''): Wire {
    if (site && !this.sites.includes(site)) return error('not_found');
    const { version, hours } = this.stored.get(site) ?? { version: 0, hours: null };
    const closed = this.closed(hours);
    return {
      type: 'hours',
      ...(site && { site }),
      sites: this.sites,
      version,
      hours,
      now: { state: closed ? 'closed' : 'open', ...(closed?.until && { until: closed.until }) },
    };
  }

  put({ site = '', version, hours }: Wire): Wire {
    const before = this.read(site);
    if (before.type === 'error') return before;
    const closed = hours.closed && { since: this.now(), ...hours.closed };
    const wanted = { exceptions: [], email: 'optional', ...hours, ...(closed && { closed }) };
    if (wanted.closed?.until <= this.now()) return error('invalid');
    if (before.version === version) this.stored.set(site, { version: version + 1, hours: wanted });
    else if (before.version !== version + 1 || !same(before.hours, wanted))
      return error('conflict', { hours: { version: before.version, hours: before.hours } });
    return this.read(site);
  }

  private closed(hours: Wire): Wire {
    const closed = hours?.closed;
    return closed && (closed.until ?? Number.POSITIVE_INFINITY) > this.now() ? closed : undefined;
  }
}

/** Whether two schedules say the same, whenever they were closed. */
const same = (one: Wire, other: Wire): boolean =>
  isDeepStrictEqual(
    ...([one, other].map((it) => ({ ...it, closed: it.closed && [it.closed.until] })) as [Wire, Wire]),
  );
