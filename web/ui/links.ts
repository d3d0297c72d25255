export interface Part {
  text: string;
  href?: string;
}

// Hangul ends an address: a particle is written right after it, and addresses are copied percent-encoded.
const address = /https?:\/\/[^\s<>"'`\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]+/gi;

/** Splits a text into plain parts and web addresses. The caller renders parts as text nodes: nothing here is HTML. */
export function links(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const found = trimmed(match[0]);
    if (!URL.canParse(found)) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: found, href: found });
    from = match.index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** An address without the punctuation of the sentence around it; a closing bracket stays if it was opened inside. */
function trimmed(found: string): string {
  for (;;) {
    const last = found.at(-1) ?? '';
    const opened = { ')': '(', ']': '[' }[last];
    const loose = opened
      ? found.split(opened).length < found.split(last).length
      : '.,;:!?*_~}'.includes(last);
    if (!loose) return found;
    found = found.slice(0, -1);
  }
}
