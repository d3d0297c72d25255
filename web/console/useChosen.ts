import { useEffect, useState } from 'preact/hooks';

const inAddress = () => decodeURIComponent(location.hash.slice(1)) || undefined;

/** The chosen room, kept in the address: a reload stays in it, and a phone's back button leaves it. */
export function useChosen(): [string | undefined, (room: string | undefined) => void] {
  const [room, setRoom] = useState(inAddress);
  useEffect(() => {
    const moved = () => setRoom(inAddress());
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  return [room, (id) => location.assign(`#${encodeURIComponent(id ?? '')}`)];
}
