import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useTranslation } from '../../components/translation';
import { Dialog } from './Dialog';

/** A component that is loaded on first use; `meanwhile` is drawn until then, and where it could not be loaded. */
function lazy<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: (failed: boolean, props: P) => VNode,
): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [View, setView] = useState(() => loaded);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (view) => {
          loaded = view;
          setView(() => view);
        },
        () => setFailed(true),
      );
    }, []);
    return View ? <View {...props} /> : meanwhile(failed, props);
  };
}

/** A view. `title`: word key of its heading. */
export const lazyView = <P extends object>(title: string, load: () => Promise<ComponentType<P>>) =>
  lazy(load, (failed) => <ViewMeanwhile title={title} failed={failed} />);

/** A dialog. `title`: word key of its heading. */
export const lazyDialog = <P extends { close(): void }>(
  title: string,
  load: () => Promise<ComponentType<P>>,
) => lazy(load, (failed, { close }) => <DialogMeanwhile title={title} failed={failed} close={close} />);

function ViewMeanwhile({ title, failed }: { title: string; failed: boolean }) {
  const { t } = useTranslation();
  return (
    <main class="page">
      <h1 class="visually-hidden">{t(title)}</h1>
      <p role="status">{t(failed ? 'notLoaded' : 'loading')}</p>
      {failed && (
        <button type="button" class="secondary" onClick={() => location.reload()}>
          {t('again')}
        </button>
      )}
    </main>
  );
}

function DialogMeanwhile({ title, failed, close }: { title: string; failed: boolean; close(): void }) {
  const { t } = useTranslation();
  if (!failed)
    return (
      <p class="visually-hidden" role="status">
        {t('loading')}
      </p>
    );
  return (
    <Dialog title={t(title)} close={close} closeLabel={t('close')}>
      <p>{t('notLoaded')}</p>
    </Dialog>
  );
}
