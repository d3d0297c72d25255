import { useEffect, useState } from 'preact/hooks';
import type { AgentSession } from '../../client/agent/state';
import type { RoomObject } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { Dialog } from '../components/Dialog';
import { inCommon } from './inCommon';
import type { ManyDialog } from './ManyDialog';

interface Props {
  session: AgentSession;
  queue: readonly RoomObject[];
  /** How many more wait than the queue has. */
  more: number;
}

/** Tells an admin what many who wait have in common, and opens the dialog that ends their chats. */
export function ManyNotice({ session, queue, more }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { place, words } = inCommon(queue);
  const parts = [
    place > 0 && t('manyFromPlace', { n: place }),
    words > 0 && t('manySameWords', { n: words }),
  ];
  const said = parts.filter(Boolean).join(' · ') || (more > 0 && t('manyWait'));
  return (
    <>
      {said && (
        <p class="notice">
          {said}{' '}
          <button type="button" class="secondary small" onClick={() => setOpen(true)}>
            {t('manyReview')}
          </button>
        </p>
      )}
      {open && <LazyDialog session={session} close={() => setOpen(false)} />}
    </>
  );
}

/** Loads the dialog on first use. */
function LazyDialog(props: { session: AgentSession; close(): void }) {
  const { t } = useTranslation();
  const [found, setFound] = useState<{ View?: typeof ManyDialog }>();
  useEffect(() => {
    import('./ManyDialog').then(
      ({ ManyDialog: View }) => setFound({ View }),
      () => setFound({}),
    );
  }, []);
  if (found?.View) return <found.View {...props} />;
  if (!found)
    return (
      <p class="visually-hidden" role="status">
        {t('loading')}
      </p>
    );
  return (
    <Dialog title={t('manyReview')} close={props.close} closeLabel={t('close')}>
      <p>{t('error_unavailable')}</p>
    </Dialog>
  );
}
