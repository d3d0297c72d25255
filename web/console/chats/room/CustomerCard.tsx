import type { ComponentChildren } from 'preact';
import type { AgentRoom } from '../../../client/agent/state';
import { dateWithYear, timeOfDay } from '../../../components/dates';
import { useTranslation } from '../../../components/translation';
import { Icon } from '../../components/Icon';

interface Props {
  state: AgentRoom;
  /** Undefined for agents who may not. */
  block: (() => void) | undefined;
  unblock: (() => void) | undefined;
  close(): void;
}

/** What is known about the customer from them, the shop and their browser, and whether they are blocked. */
export function CustomerCard({ state, block, unblock, close }: Props) {
  const { t, lang } = useTranslation();
  const { room, card } = state;
  const { profile, page, chats, blocked } = card ?? {};
  const left = room.left?.since ?? state.items.findLast(({ event }) => event === 'left')?.at;
  const topic = room.topic ?? profile?.topic;
  const topicIsQuestion = !!topic && state.items.some(({ text }) => text.startsWith(topic)); // a shop may make the question the topic
  const name = room.customer.name || profile?.name || t('visitor');
  return (
    <aside class="customer" aria-label={t('customerDetails')}>
      <button type="button" class="icon-button" aria-label={t('hideCustomerDetails')} onClick={close}>
        <Icon name="close" />
      </button>
      <span class="initial" aria-hidden="true">
        {[...name][0]}
      </span>
      <h3>{name}</h3>
      <p class="kind">{t(room.customer.id.startsWith('c_') ? 'loggedInCustomer' : 'anonymousVisitor')}</p>
      <dl>
        <Fact name={t('email')}>
          {profile?.email && <a href={`mailto:${encodeURIComponent(profile.email)}`}>{profile.email}</a>}
        </Fact>
        <Fact name={t('topic')}>{topicIsQuestion ? undefined : topic}</Fact>
        <Fact name={t('page')}>
          {page?.url && (
            <a href={page.url} target="_blank" rel="noopener noreferrer nofollow" title={page.url}>
              {page.title || page.url}
            </a>
          )}
        </Fact>
        <Fact name={t('language')}>{page?.lang && languageName(page.lang, lang)}</Fact>
        <Fact name={t('previousChats')}>
          {chats !== undefined && (chats > 1 ? t('previousChatCount', { n: chats - 1 }) : t('firstChat'))}
        </Fact>
        <Fact
          name={t('started')}
        >{`${dateWithYear(lang, room.created)} ${timeOfDay(lang, room.created)}`}</Fact>
        <Fact name={t('leftWhen')}>{left && `${dateWithYear(lang, left)} ${timeOfDay(lang, left)}`}</Fact>
      </dl>
      {blocked && <p role="status">{t('blocked')}</p>}
      {!blocked && block && (
        <button type="button" class="secondary danger" onClick={block}>
          {t('block')}
        </button>
      )}
      {blocked && unblock && (
        <button type="button" class="secondary" onClick={unblock}>
          {t('unblock')}
        </button>
      )}
    </aside>
  );
}

/** Nothing if the value is unknown. */
function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (!children) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The tag comes from the customer's browser, and may be invalid. */
function languageName(tag: string, lang: string): string {
  try {
    return new Intl.DisplayNames(lang, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
