import { useRef, useState } from 'preact/hooks';
import type { AgentSession } from '../../client/agent/state';
import { useTranslation } from '../../components/translation';
import { saveFile } from '../export/saveFile';
import { allTexts } from './allTexts';
import { csvHeader, csvRow } from './csv';
import { chatsQuery, type Filter } from './filter';
import { chatPages } from './pages';

type Stage = { at: 'rest' | 'failed' } | { at: 'done' | 'running'; rows: number; share: number };

/** Writes the filtered chats to a file page by page, with a progress bar. */
export function CsvExport({ session, filter }: { session: AgentSession; filter: Filter }) {
  const text = useTranslation();
  const { t } = text;
  const [stage, setStage] = useState<Stage>({ at: 'rest' });
  const [texts, setTexts] = useState(false);
  const stopped = useRef(false);

  const run = async () => {
    const file = await saveFile(`chats ${filter.from} ${filter.to}.csv`, 'text/csv');
    if (!file) return;
    stopped.current = false;
    const { from, to } = chatsQuery(filter);
    const request: AgentSession['request'] = (command) => session.request(command);
    let rows = 0;
    setStage({ at: 'running', rows, share: 0 });
    try {
      await file.write(csvHeader(text, texts));
      for await (const page of chatPages(request, filter, true)) {
        for (const room of page.rooms) {
          const messages = texts ? await allTexts(request, room) : [];
          if (stopped.current) break;
          await file.write(csvRow(room, text, messages));
          rows++;
          if (texts) setStage((was) => ({ at: 'running', rows, share: 'share' in was ? was.share : 0 }));
        }
        if (stopped.current) {
          await file.abort();
          return setStage({ at: 'rest' });
        }
        // Pages come newest first, so the time reached is the progress.
        const share = page.reached === undefined ? undefined : (to - page.reached) / (to - from);
        setStage((was) => ({ at: 'running', rows, share: share ?? ('share' in was ? was.share : 0) }));
      }
      await file.close();
      setStage({ at: 'done', rows, share: 1 });
    } catch {
      await file.abort().catch(() => undefined);
      setStage({ at: 'failed' });
    }
  };

  return (
    <div class="export">
      {stage.at === 'running' ? (
        <button
          type="button"
          class="secondary"
          onClick={() => {
            stopped.current = true;
          }}
        >
          {t('cancel')}
        </button>
      ) : (
        <>
          <label>
            <input
              type="checkbox"
              checked={texts}
              onChange={({ currentTarget }) => setTexts(currentTarget.checked)}
            />
            {t('csvWithTexts')}
          </label>
          <button type="button" class="secondary" onClick={() => void run()}>
            {t('downloadCsv')}
          </button>
        </>
      )}
      {stage.at === 'running' && <progress max={1} value={stage.share} aria-label={t('downloadCsv')} />}
      <span role="status">
        {stage.at === 'running' && t('csvRows', { n: stage.rows })}
        {stage.at === 'done' && t('csvDone', { n: stage.rows })}
        {stage.at === 'failed' && t('csvFailed')}
      </span>
    </div>
  );
}
