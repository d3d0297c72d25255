import type { RefObject, TargetedKeyboardEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Canned } from '../../client/wire/protocol';
import { useStore } from '../../components/hooks';
import { filled, type Names } from './placeholders';
import { asked, search } from './search';
import type { CannedStore } from './store';

/** More hits than this are not read. */
const SHOWN = 8;

interface Props {
  canned: CannedStore;
  names: Names;
  field: RefObject<HTMLTextAreaElement>;
  draft: string;
  setDraft(text: string): void;
}

/** The saved replies that match `/` and the letters after it at the cursor. */
export function usePicker({ canned, names, field, draft, setDraft }: Props) {
  const { items } = useStore(canned);
  const [hit, setHit] = useState<ReturnType<typeof asked>>();
  const [left, setLeft] = useState<number>(); // where the writer waved the list away
  const [at, setAt] = useState(0);

  const look = () => {
    const it = field.current;
    const alone = it && it === document.activeElement && it.selectionStart === it.selectionEnd;
    const found = alone ? asked(it.value, it.selectionStart) : undefined;
    if (!found) setLeft(undefined);
    if (found?.from !== hit?.from || found?.words !== hit?.words) setAt(0);
    setHit(found);
  };
  useEffect(look, [draft]);
  useEffect(() => {
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  });
  const open = hit !== undefined && hit.from !== left;
  useEffect(() => {
    if (open) void canned.freshen();
  }, [open, canned]);

  const hits = open ? search(items, hit.words).slice(0, SHOWN) : [];

  const pick = (item: Canned) => {
    const it = field.current;
    if (!it || !hit) return;
    it.setRangeText(filled(item.text, names), hit.from, it.selectionStart, 'end');
    it.focus();
    setDraft(it.value);
  };

  /** Was the key for the list? */
  const intercept = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): boolean => {
    if (!open) return false;
    const chosen = hits[at];
    if (event.key === 'Escape') setLeft(hit.from);
    else if (!chosen || event.altKey || event.shiftKey) return false;
    else if (event.key === 'ArrowDown') setAt((at + 1) % hits.length);
    else if (event.key === 'ArrowUp') setAt((at + hits.length - 1) % hits.length);
    else if (event.key === 'Enter' || event.key === 'Tab') pick(chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  /** As if the writer had typed it: at the cursor, apart from the word before. */
  const begin = () => {
    const it = field.current;
    if (!it) return;
    it.focus();
    const apart = it.selectionStart === 0 || /\s$/.test(it.value.slice(0, it.selectionStart));
    it.setRangeText(apart ? '/' : ' /', it.selectionStart, it.selectionEnd, 'end');
    setLeft(undefined);
    setDraft(it.value);
  };

  return { open, hits, at, pick, intercept, begin };
}
