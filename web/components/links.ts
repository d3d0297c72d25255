// Letters of Korea, China and Japan, and their punctuation, end an address: a particle is written right after it, and paths
// are copied percent-encoded. In a host's name they stand before a dot. A bracket is part of it when it is opened inside;
// the punctuation of the sentence around it is not. What stands before an @ has an end, or each letter of a long word would
// be tried with all that follow.
const ADDRESS =
  /(https?:\/\/(?:[a-z\d぀-힯-]+\.)*(?:\([^\s()]*\)|[^\s<>"'`()[\]ᄀ-ᇿ‘-‟　-힯＀-￯])*(?:\([^\s()]*\)|[^\s<>"'`()[\]ᄀ-ᇿ‘-‟　-힯＀-￯.,;:!?*_~}])|(?<![\wÀ-ԯ])[\wÀ-ԯ.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)/i;

/** Plain texts and web or mail addresses in turn. Nothing here is HTML: the caller makes text nodes of it. */
export const splitLinks = (text: string): string[] => text.split(ADDRESS);

export const linkTarget = (address: string): string =>
  /^https?:/i.test(address) ? address : `mailto:${address}`;
