import type { EndedRoom } from '../../client/wire/protocol';
import { dateWithYear, isoTime, timeOfDay } from '../../components/dates';
import { useTranslation } from '../../components/translation';
import { agentName } from '../components/AgentOptions';
import { ShopName } from '../components/ShopName';
import { hashOf } from '../route';
import { formatDuration } from '../time/duration';

interface Props {
  rooms: readonly EndedRoom[];
  selected: string | undefined;
  query: URLSearchParams;
}

/** Ended chats, newest first; each opens its transcript. */
export function PastTable({ rooms, selected, query }: Props) {
  const text = useTranslation();
  const { t, lang } = text;
  return (
    <table>
      <caption class="visually-hidden">{t('view_past')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('customer')}</th>
          <th scope="col">{t('ended_at')}</th>
          <th scope="col">{t('agent')}</th>
          <th scope="col" class="number">
            {t('waited')}
          </th>
          <th scope="col" class="number">
            {t('talked')}
          </th>
          <th scope="col">{t('reason')}</th>
          <th scope="col">{t('rating')}</th>
        </tr>
      </thead>
      <tbody>
        {rooms.map((room) => {
          const { id, customer, topic, ended = room.created, waited, talked, rating, reason } = room;
          return (
            <tr key={id} class={id === selected ? 'selected' : ''}>
              <th scope="row">
                <a
                  href={hashOf('past', [id], query)}
                  aria-current={id === selected ? 'true' : undefined}
                  class="cover"
                >
                  {customer.name || t('visitor')}
                </a>
                <ShopName site={room.site} />
                {topic && <span class="topic">{topic}</span>}
              </th>
              <td>
                <time dateTime={isoTime(ended)}>
                  {dateWithYear(lang, ended)} {timeOfDay(lang, ended)}
                </time>
              </td>
              <td>
                {room.agents.map((agent, i) => (
                  <span key={agent.id} class="one">
                    {i > 0 && ', '}
                    {agentName(agent, text)}
                  </span>
                ))}
                {!room.agents.length && '–'}
              </td>
              <td class="number" data-name={t('waited')}>
                {formatDuration(waited, text)}
              </td>
              <td class="number" data-name={t('talked')}>
                {room.agents.length ? formatDuration(talked, text) : '–'}
              </td>
              <td data-name={t('reason')}>{reason && t(`short_${reason}`)}</td>
              <td>
                {rating ? (
                  <span
                    class="stars"
                    role="img"
                    aria-label={t('stars', { n: rating.score })}
                    title={rating.comment}
                  >
                    {'★'.repeat(rating.score)}
                    <i>{'★'.repeat(5 - rating.score)}</i>
                  </span>
                ) : (
                  '–'
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
