import { useState } from 'preact/hooks';
import { useStore } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { Dialog } from '../components/Dialog';
import { formatMoment } from '../time/moment';
import { Part } from './Part';
import { nextOpening } from './schedule';
import { alwaysOpen, type HoursStore } from './store';

interface Props {
  hours: HoursStore;
  site: string;
  close(): void;
}

type Until = 'opening' | 'time' | 'opened';

/** Asks until when a shop is closed, and closes it. */
export function CloseDialog(props: Props) {
  return (
    <Part>
      <CloseForm {...props} />
    </Part>
  );
}

function CloseForm({ hours, site, close }: Props) {
  const { t, lang } = useTranslation();
  const { closed: _, ...schedule } = useStore(hours).shops[site]?.hours ?? alwaysOpen();
  const [now] = useState(Date.now);
  const opening = nextOpening(schedule, now);
  const [until, setUntil] = useState<Until>(opening === undefined ? 'opened' : 'opening');
  const [time, setTime] = useState('');
  const [problem, setProblem] = useState('');
  const [working, setWorking] = useState(false);

  const run = async () => {
    const chosen = until === 'opening' ? opening : until === 'time' ? new Date(time).getTime() : undefined;
    if (until === 'time' && !(chosen !== undefined && chosen > Date.now()))
      return setProblem('closeTimePast');
    setProblem('');
    setWorking(true);
    const outcome = await hours.setClosed(site, chosen === undefined ? {} : { until: chosen });
    setWorking(false);
    if (outcome.kind === 'done') close();
    else setProblem(`error_${outcome.kind === 'failed' ? outcome.code : outcome.kind}`);
  };
  const choice = (value: Until, label: string) => (
    <label>
      <input type="radio" name="until" checked={until === value} onChange={() => setUntil(value)} />
      {label}
    </label>
  );
  return (
    <Dialog title={t('closeNow')} close={close}>
      <form
        class="close-now"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!working) void run();
        }}
      >
        <p>{t('closeText')}</p>
        <fieldset>
          <legend class="visually-hidden">{t('closeUntil')}</legend>
          {opening !== undefined &&
            choice('opening', t('closeUntilOpening', { time: formatMoment(opening, now, lang) }))}
          {choice('time', t('closeUntilTime'))}
          {until === 'time' && (
            <input
              type="datetime-local"
              aria-label={t('closeTime')}
              aria-invalid={problem === 'closeTimePast'}
              aria-describedby="close-problem"
              value={time}
              onInput={(event) => setTime(event.currentTarget.value)}
            />
          )}
          {choice('opened', t('closeUntilOpened'))}
        </fieldset>
        <p class="danger" id="close-problem" role="status">
          {problem && t(problem)}
        </p>
        <button type="submit" class="primary" aria-disabled={working}>
          {t(working ? 'hoursSaving' : 'closeNow')}
        </button>
      </form>
    </Dialog>
  );
}
