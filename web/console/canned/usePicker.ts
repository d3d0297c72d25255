import type { RefObject, TargetedKeyboardEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Canned } from '../../client/wire/protocol';
import { useStore } from '../../components/hooks';
import { fillPlaceholders, type Names } from './placeholders';
import { search, slashQuery } from './search';
import type { CannedStore } from './store';

/** Agents do not read more hits than this. */
const MAX_HITS = 8;

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
  const [query, setQuery] = useState<ReturnType<typeof slashQuery>>();
  const [dismissedAt, setDismissedAt] = useState<number>(); // index of the `/` whose list was closed by Escape
  const [highlighted, setHighlighted] = useState(0);

  const readQuery = () => {
    const it = field.current;
    const cursorOnly = it && it === document.activeElement && it.selectionStart === it.selectionEnd;
    const found = cursorOnly ? slashQuery(it.value, it.selectionStart) : undefined;
    if (!found) setDismissedAt(undefined);
    if (found?.from !== query?.from || found?.words !== query?.words) setHighlighted(0);
    setQuery(found);
  };
  useEffect(readQuery, [draft]);
  useEffect(() => {
    document.addEventListener('selectionchange', readQuery);
    return () => document.removeEventListener('selectionchange', readQuery);
  });
  const open = query !== undefined && query.from !== dismissedAt;
  useEffect(() => {
    if (open) void canned.refreshIfStale();
  }, [open, canned]);

  const hits = open ? search(items, query.words).slice(0, MAX_HITS) : [];

  const pick = (item: Canned) => {
    const it = field.current;
    if (!it || !query) return;
    it.setRangeText(fillPlaceholders(item.text, names), query.from, it.selectionStart, 'end');
    it.focus();
    setDraft(it.value);
  };

  /** True if the list has handled the key. */
  const intercept = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): boolean => {
    if (!open) return false;
    const chosen = hits[highlighted];
    if (event.key === 'Escape') setDismissedAt(query.from);
    else if (!chosen || event.altKey || event.shiftKey) return false;
    else if (event.key === 'ArrowDown') setHighlighted((highlighted + 1) % hits.length);
    else if (event.key === 'ArrowUp') setHighlighted((highlighted + hits.length - 1) % hits.length);
    else if (event.key === 'Enter' || event.key === 'Tab') pick(chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  /** Inserts a `/` at the cursor, after a space if a word ends there. */
  const startSlashQuery = () => {
    const it = field.current;
    if (!it) return;
    it.focus();
    const atWordStart = it.selectionStart === 0 || /\s$/.test(it.value.slice(0, it.selectionStart));
    it.setRangeText(atWordStart ? '/' : ' /', it.selectionStart, it.selectionEnd, 'end');
    setDismissedAt(undefined);
    setDraft(it.value);
  };

  return { open, hits, at: highlighted, pick, intercept, begin: startSlashQuery };
}
