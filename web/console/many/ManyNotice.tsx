import { useState } from 'preact/hooks';
import type { AgentSession } from '../../client/agent/state';
import type { RoomObject } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { lazyDialog } from '../components/lazy';
import { inCommon } from './inCommon';

const ManyDialog = lazyDialog('manyReview', async () => (await import('./ManyDialog')).ManyDialog);

interface Props {
  session: AgentSession;
  queue: readonly RoomObject[];
  /** How many more there are than the queue has. */
  more: number;
  /** These are left questions. */
  left?: boolean;
}

/** Tells an admin what many who wait, or whose questions are left, have in common, and opens the dialog that ends their chats. */
export function ManyNotice({ session, queue, more, left = false }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { place, words } = inCommon(queue);
  const parts = [
    place > 0 && t('manyFromPlace', { n: place }),
    words > 0 && t('manySameWords', { n: words }),
  ];
  const said = parts.filter(Boolean).join(' · ') || (more > 0 && t(left ? 'manyLeft' : 'manyWait'));
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
      {open && <ManyDialog session={session} left={left} close={() => setOpen(false)} />}
    </>
  );
}
