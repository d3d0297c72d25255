// CJK letters and punctuation end an address, because a particle may follow it directly and copied paths are percent-encoded;
// before a dot they are part of a host name. A bracket that opens inside the address belongs to it; punctuation at its end
// does not. The part before an @ has a limit, which keeps the search linear.
const ADDRESS =
  /(https?:\/\/(?:[a-z\d぀-힯-]+\.)*(?:\([^\s()]*\)|[^\s<>"'`()[\]ᄀ-ᇿ‘-‟　-힯＀-￯])*(?:\([^\s()]*\)|[^\s<>"'`()[\]ᄀ-ᇿ‘-‟　-힯＀-￯.,;:!?*_~}])|(?<![\wÀ-ԯ])[\wÀ-ԯ.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)/i;

/** Splits into plain texts (even) and web or mail addresses (odd). None of it is HTML: the caller makes text nodes. */
export const splitLinks = (text: string): string[] => text.split(ADDRESS);

export const linkTarget = (address: string): string =>
  /^https?:/i.test(address) ? address : `mailto:${address}`;
