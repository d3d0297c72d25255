import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useTranslation } from '../../components/translation';

/** A view that is loaded on first use. `title`: word key of its heading. */
export function lazyView<P extends object>(
  title: string,
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function LazyView(props: P) {
    const { t } = useTranslation();
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
    if (View) return <View {...props} />;
    return (
      <main class="page">
        <h1 class="visually-hidden">{t(title)}</h1>
        <p role="status">{t(failed ? 'viewNotLoaded' : 'loading')}</p>
        {failed && (
          <button type="button" class="secondary" onClick={() => location.reload()}>
            {t('again')}
          </button>
        )}
      </main>
    );
  };
}
