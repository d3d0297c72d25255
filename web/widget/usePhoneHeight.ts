import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** A phone's keyboard covers what is fixed to the bottom; only the visual viewport knows how much is left. */
export function usePhoneHeight(box: RefObject<HTMLElement>) {
  useEffect(() => {
    const view = visualViewport;
    if (!view) return;
    const resize = () => box.current?.style.setProperty('--seen', `${view.height}px`);
    resize();
    view.addEventListener('resize', resize);
    return () => view.removeEventListener('resize', resize);
  }, [box]);
}
