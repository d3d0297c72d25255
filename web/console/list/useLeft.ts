import { useEffect, useState } from 'preact/hooks';
import { SETTLE_MS } from './absences';

/** Has this customer left the site? */
export function useLeft(online: boolean): boolean {
  const [left, setLeft] = useState(!online);
  useEffect(() => {
    if (online) return setLeft(false);
    const timer = setTimeout(() => setLeft(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [online]);
  return left && !online;
}
