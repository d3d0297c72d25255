// Hangul ends an address: a particle is written right after it, and addresses are copied percent-encoded. A bracket is
// part of it when it is opened inside; the punctuation of the sentence around it is not.
const ADDRESS =
  /(https?:\/\/(?:\([^\s()]*\)|[^\s<>"'`()[\]ᄀ-ᇿ㄰-㆏가-힯])*(?:\([^\s()]*\)|[^\s<>"'`()[\]ᄀ-ᇿ㄰-㆏가-힯.,;:!?*_~}])|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/i;

/** Plain texts and web or mail addresses in turn. Nothing here is HTML: the caller makes text nodes of it. */
export const links = (text: string): string[] => text.split(ADDRESS);

export const hrefOf = (address: string): string => (/^http/i.test(address) ? address : `mailto:${address}`);
