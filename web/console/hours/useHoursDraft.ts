import { useState } from 'preact/hooks';
import type { HoursFrame, Schedule, StoredHours } from '../../client/wire/protocol';
import { validZone } from '../time/zone';
import type { HoursDraft, HoursOutcome, HoursStore } from './store';

/** What is proposed for a shop without a schedule: office hours, on the clocks of the admin. */
const proposed = (): Schedule => ({
  zone: validZone(),
  week: Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: '09:00', to: '18:00' }] : [])),
});

/** Dates in order; what was closed by hand is no part of what is edited. */
function editable(hours: Schedule | null): Schedule {
  const { closed: _, ...schedule } = hours ?? proposed();
  const exceptions = [...(schedule.exceptions ?? [])].sort((a, b) => (a.date < b.date ? -1 : 1));
  return { ...schedule, exceptions };
}

const same = (a: Schedule | null, b: Schedule | null) =>
  JSON.stringify(a && editable(a)) === JSON.stringify(b && editable(b));

/** For a put: the server sets since when. What is over is left out. */
function closedOf(hours: Schedule | null): Pick<Schedule, 'closed'> {
  if (!hours?.closed) return {};
  const { until } = hours.closed;
  if (until === undefined) return { closed: {} };
  return until > Date.now() ? { closed: { until } } : {};
}

/** The schedule in the form, and what becomes of it. */
export function useHoursDraft(
  hours: HoursStore,
  site: string,
  draft: HoursDraft | undefined,
  shop: HoursFrame,
) {
  const [saving, setSaving] = useState(false);
  const [outcome, setOutcome] = useState<HoursOutcome>();
  const stored: HoursDraft = { version: shop.version, base: shop.hours, hours: editable(shop.hours) };
  const { version, base, hours: schedule } = draft ?? stored;

  const edit = (changed: Schedule) => {
    setOutcome(undefined);
    hours.setDraft(site, { version, base, hours: changed });
  };
  const discard = () => {
    setOutcome(undefined);
    hours.setDraft(site, undefined);
  };

  /** Stores what is typed; `over`: in place of what somebody else has stored. */
  const save = async (over?: StoredHours) => {
    setSaving(true);
    const put = (on: StoredHours) => hours.put(site, on.version, { ...schedule, ...closedOf(on.hours) });
    let result = await put(over ?? { version, hours: base });
    // Closed or opened again by hand meanwhile: nobody has changed what is edited here.
    if (result.kind === 'conflict' && same(result.theirs.hours, base)) result = await put(result.theirs);
    setSaving(false);
    setOutcome(result);
    if (result.kind === 'done') hours.setDraft(site, undefined);
  };

  return {
    schedule,
    dirty: draft !== undefined,
    edit,
    discard,
    save,
    saving,
    outcome,
    keepTheirs: () => {
      discard();
      void hours.load(site);
    },
    closeConflict: () => setOutcome((was) => (was?.kind === 'conflict' ? undefined : was)),
  };
}
