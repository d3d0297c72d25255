import type { ErrorCode, HoursFrame, Schedule, StoredHours } from '../../client/wire/protocol';
import { Observable } from '../../components/observable';
import type { Request } from '../request';
import { validZone } from '../time/zone';

/** The default shop's key. */
export const DEFAULT_SITE = '';
/** The hours are asked for again after this, as an admin may have changed them, ms. */
const FRESH_MS = 5 * 60_000;
/** Of more shops only the default one is asked for by itself. */
export const MAX_ASKED = 5;
/** How often a shop is closed or opened anew because somebody edited its hours meanwhile. */
const MAX_TRIES = 3;

/** The outcome of a put. conflict: somebody else has changed the hours since; `theirs` is what is stored. */
export type HoursOutcome =
  | { kind: 'done' }
  | { kind: 'conflict'; theirs: StoredHours }
  | { kind: 'failed'; code: ErrorCode; message: string };

/** An edited schedule; version and base: the stored one that was edited. */
export interface HoursDraft {
  version: number;
  base: Schedule | null;
  hours: Schedule;
}

export interface HoursState {
  /** Keys of all shops: the default one first, and the named ones once they are known. */
  sites: string[];
  /** What the server said last of each shop. */
  shops: Record<string, HoursFrame>;
  /** All shops have been asked for. */
  complete: boolean;
  /** What was typed but not stored, by shop. */
  drafts: Record<string, HoursDraft>;
  failed?: ErrorCode;
}

/** Always open: what counts for a shop without a schedule. */
export const alwaysOpen = (): Schedule => ({
  zone: validZone(),
  week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
});

/** The opening hours of all shops. */
export class HoursStore extends Observable<HoursState> {
  private freshUntil = 0;

  constructor(
    private request: Request,
    private now = () => Date.now(),
  ) {
    super({ sites: [DEFAULT_SITE], shops: {}, complete: false, drafts: {} });
  }

  /** Asks for the hours, unless they are fresh. */
  async refreshIfStale(): Promise<void> {
    if (this.now() < this.freshUntil) return;
    this.freshUntil = this.now() + FRESH_MS;
    await this.load(DEFAULT_SITE);
    const { sites } = this.state;
    const named = sites.filter((site) => site !== DEFAULT_SITE);
    if (sites.length <= MAX_ASKED) await Promise.all(named.map((site) => this.load(site)));
    this.show({ ...this.state, complete: true });
    // A state ends by the schedule: then it is asked for again.
    for (const { now } of Object.values(this.state.shops))
      if (now.until && now.until > this.now()) this.freshUntil = Math.min(this.freshUntil, now.until);
  }

  async load(site: string): Promise<void> {
    const answer = await this.request({ action: 'hours', ...(site && { site }) });
    if (answer?.type === 'hours') return this.keep(site, answer);
    const failed = answer?.type === 'error' ? answer.code : 'unavailable';
    this.show({ ...this.state, failed });
  }

  /** Stores a schedule in place of the version that was edited, 0 for the first. */
  async put(site: string, version: number, hours: Schedule): Promise<HoursOutcome> {
    const answer = await this.request({ action: 'hoursPut', ...(site && { site }), version, hours });
    if (answer?.type === 'hours') {
      this.keep(site, answer);
      return { kind: 'done' };
    }
    if (answer?.type !== 'error') return { kind: 'failed', code: 'unavailable', message: '' };
    const { code, message, hours: theirs } = answer;
    return code === 'conflict' && theirs ? { kind: 'conflict', theirs } : { kind: 'failed', code, message };
  }

  /** Closes a shop now, until a time or until it is opened again, or opens it again; whatever its schedule has become. */
  async setClosed(site: string, closed: Schedule['closed']): Promise<HoursOutcome> {
    let stored: StoredHours = this.state.shops[site] ?? { version: 0, hours: null };
    let outcome: HoursOutcome = { kind: 'failed', code: 'unavailable', message: '' };
    for (let i = 0; i < MAX_TRIES; i++) {
      const { closed: _, ...hours } = stored.hours ?? alwaysOpen();
      outcome = await this.put(site, stored.version, { ...hours, ...(closed && { closed }) });
      if (outcome.kind !== 'conflict') break;
      stored = outcome.theirs;
    }
    return outcome;
  }

  /** Keeps what is typed while another view is shown; undefined: nothing that is not stored. */
  setDraft(site: string, draft: HoursDraft | undefined): void {
    const { [site]: _, ...drafts } = this.state.drafts;
    this.show({ ...this.state, drafts: draft ? { ...drafts, [site]: draft } : drafts });
  }

  private keep(site: string, frame: HoursFrame): void {
    const { failed: _, ...state } = this.state;
    this.show({
      ...state,
      sites: [DEFAULT_SITE, ...frame.sites],
      shops: { ...state.shops, [site]: frame },
    });
  }
}
