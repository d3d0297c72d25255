import type { RefObject } from 'preact';
import { useId } from 'preact/hooks';
import type { AgentSession } from '../../../client/agent/state';
import { Composer } from '../../../components/Composer';
import { useStore } from '../../../components/hooks';
import { useTranslation } from '../../../components/translation';
import { CannedPicker } from '../../canned/CannedPicker';
import type { CannedStore } from '../../canned/store';
import { usePicker } from '../../canned/usePicker';
import { Icon } from '../../components/Icon';
import type { Drafts } from '../drafts';

interface Props {
  id: string;
  name: string;
  customer: string | undefined;
  /** The customer has left the site. */
  left: boolean;
  session: AgentSession;
  drafts: Drafts;
  canned: CannedStore;
  field: RefObject<HTMLTextAreaElement>;
}

/** The message field, with the saved replies. */
export function RoomComposer({ id, name, customer, left, session, drafts, canned, field }: Props) {
  const { t } = useTranslation();
  const list = useId();
  const draft = useStore(drafts)[id] ?? '';
  const setDraft = (text: string) => drafts.set(id, text);
  const names = { customer: customer || t('nameFallback'), agent: session.state.me?.name ?? t('agent') };
  const picker = usePicker({ canned, names, field, draft, setDraft });
  const { open, hits, at } = picker;
  return (
    <Composer
      draft={draft}
      setDraft={setDraft}
      placeholder={t('write', { name })}
      send={(text) => session.send(id, text)}
      typing={() => session.typing(id)}
      field={field}
      intercept={picker.intercept}
      attributes={{
        'aria-autocomplete': 'list',
        'aria-controls': open ? list : undefined,
        'aria-activedescendant': open && hits.length ? `${list}-${at}` : undefined,
      }}
    >
      <p class="gone" role="status">
        {left && t('customerGone', { name })}
      </p>
      {open && <CannedPicker id={list} hits={hits} highlighted={at} pick={picker.pick} />}
      <button type="button" class="more" aria-label={t('insert')} title={t('insert')} onClick={picker.begin}>
        <Icon name="canned" />
      </button>
    </Composer>
  );
}
