import { useEffect, useState } from 'preact/hooks';

/** A page change within the shop takes a moment; only who is gone for longer is shown as away. */
const SETTLE_MS = 5_000;

export function useAway(online: boolean): boolean {
  const [away, setAway] = useState(!online);
  useEffect(() => {
    if (online) return setAway(false);
    const timer = setTimeout(() => setAway(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [online]);
  return away && !online;
}
