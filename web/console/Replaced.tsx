import { useEffect, useRef } from 'preact/hooks';
import { useText } from '../ui/text';
import { Blank } from './Blank';

/** Of two windows the newest works; this one says so, and can be made the newest again. */
export function Replaced({ takeOver }: { takeOver(): void }) {
  const { t } = useText();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <main class="alone">
      <Blank title={t('replacedTitle')} text={t('replacedText')}>
        <button ref={button} type="button" class="main" onClick={takeOver}>
          {t('takeOver')}
        </button>
      </Blank>
    </main>
  );
}
