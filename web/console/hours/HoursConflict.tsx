import type { Schedule } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { Dialog } from '../components/Dialog';
import { ScheduleText } from './ScheduleText';

interface Props {
  theirs: Schedule;
  yours: Schedule;
  saving: boolean;
  useMine(): void;
  /** What was typed is dropped. */
  keepTheirs(): void;
  /** Back to the form. */
  close(): void;
}

/** Somebody else has changed the hours meanwhile: shows both, and asks which to keep. */
export function HoursConflict({ theirs, yours, saving, useMine, keepTheirs, close }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('hoursConflict')} close={close} closeLabel={t('hoursKeepEditing')} wide>
      <p>{t('hoursConflictText')}</p>
      <div class="versions">
        <section>
          <h3>{t('theirs')}</h3>
          <ScheduleText schedule={theirs} />
        </section>
        <section>
          <h3>{t('yours')}</h3>
          <ScheduleText schedule={yours} />
        </section>
      </div>
      <button type="button" class="primary" aria-disabled={saving} onClick={() => saving || useMine()}>
        {t(saving ? 'hoursSaving' : 'useMine')}
      </button>
      <button type="button" class="secondary" onClick={keepTheirs}>
        {t('keepTheirs')}
      </button>
    </Dialog>
  );
}
