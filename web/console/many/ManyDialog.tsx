import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { AgentSession } from '../../client/agent/state';
import type { WaitingQuery } from '../../client/wire/protocol';
import { useStore } from '../../components/hooks';
import { TranslationContext, translation, useTranslation } from '../../components/translation';
import { Dialog } from '../components/Dialog';
import { useStyleSheet } from '../components/useStyleSheet';
import { words as consoleWords } from '../words';
import { en } from './en';
import { ko } from './ko';
import sheet from './many.css';
import { Review } from './review';

/** Typing has paused after this, ms. */
const PAUSE_MS = 300;

interface Props {
  session: AgentSession;
  /** Of the left questions instead. */
  left: boolean;
  close(): void;
}

/** Ends the chats of many who wait, with its own words and style sheet. */
export function ManyDialog(props: Props) {
  const { lang } = useTranslation();
  const text = useMemo(
    () => translation(lang, { en: { ...consoleWords.en, ...en }, ko: { ...consoleWords.ko, ...ko } }),
    [lang],
  );
  useStyleSheet(sheet);
  return (
    <TranslationContext.Provider value={text}>
      <Many {...props} />
    </TranslationContext.Provider>
  );
}

function Many({ session, left, close }: Props) {
  const { t } = useTranslation();
  const review = useMemo(() => new Review((command) => session.request(command)), [session]);
  const state = useStore(review);
  const [from, setFrom] = useState('');
  const [pattern, setPattern] = useState('');
  const query: WaitingQuery = {
    ...(left && { left }),
    ...(from && { from }),
    ...(pattern.trim() && { pattern: pattern.trim() }),
  };
  useLayoutEffect(() => {
    review.doubt(); // nothing can be ended that was not counted
    const timer = setTimeout(() => void review.look(query), state.checked ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [review, from, pattern.trim()]);
  useEffect(() => () => review.stop(), [review]);

  const { status, checked, found, ended, blocked, failed, rooms, groups, code } = state;
  const chosen = !!(query.from || query.pattern);
  const places = groups.filter((it) => it.from);
  const often = groups.filter((it) => it.text);
  const ready = chosen && status === 'looked' && found > 0;
  if (status === 'working' || status === 'done')
    return (
      <Dialog title={t('manyTitle')} close={close} closeLabel={t('close')} wide>
        <div class="many">
          <progress max={Math.max(found, ended, 1)} value={ended} aria-label={t('manyTitle')} />
          <p role="status">
            {status === 'working' && t('manyProgress', { n: ended, of: found })}
            {status === 'done' && t('manyEnded', { n: ended })}
            {status === 'done' && blocked > 0 && ` ${t('manyBlocked', { n: blocked })}`}
            {status === 'done' && failed > 0 && ` ${t('manyFailed', { n: failed })}`}
          </p>
          {status === 'working' && (
            <button type="button" class="secondary" onClick={() => review.stop()}>
              {t('manyStop')}
            </button>
          )}
          {status === 'done' && (
            <button type="button" class="secondary" onClick={() => void review.look(query)}>
              {t('manyReview')}
            </button>
          )}
        </div>
      </Dialog>
    );
  return (
    <Dialog title={t('manyTitle')} close={close} wide>
      <div class="many">
        <label>
          {t('manyPlace')}
          <select value={from} onChange={(event) => setFrom(event.currentTarget.value)}>
            <option value="">{t('manyAnywhere')}</option>
            {places.map(({ from: name = '', rooms: n }) => (
              <option key={name} value={name}>
                {t('manyPlaceNamed', { name, n })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('manyPattern')}
          <input
            type="search"
            value={pattern}
            maxLength={200}
            onInput={(event) => setPattern(event.currentTarget.value)}
          />
        </label>
        {often.length > 0 && (
          <div class="often">
            <span>{t('manyOften')}</span>
            {often.map(({ text = '', rooms: n }) => (
              <button
                key={text}
                type="button"
                class="secondary small"
                aria-label={`${text}, ${t('manyOftenCount', { n })}`}
                onClick={() => setPattern(text)}
              >
                {text} ({n})
              </button>
            ))}
          </div>
        )}
        <p role="status" class={status === 'failed' ? 'danger' : ''}>
          {status === 'looking' && t('manyLooking')}
          {status === 'looked' &&
            (chosen ? t(left ? 'manyFoundLeft' : 'manyFound', { n: found, of: checked }) : t('manyChoose'))}
          {status === 'failed' && t(`error_${code}`)}
        </p>
        {chosen && rooms.length > 0 && (
          <ul aria-label={t('manyExamples')}>
            {rooms.map(({ id, customer, last, topic }) => (
              <li key={id}>
                <b>{customer.name || t('visitor')}</b> {last?.text ?? topic}
              </li>
            ))}
          </ul>
        )}
        <p class="hint">{t('manyHint')}</p>
        <div class="acts">
          <button
            type="button"
            class="primary destructive"
            disabled={!ready}
            onClick={() => void review.act('end', query)}
          >
            {t('manyEnd')}
          </button>
          <button
            type="button"
            class="primary destructive"
            disabled={!ready}
            onClick={() => void review.act('block', query)}
          >
            {t('manyBlock')}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
