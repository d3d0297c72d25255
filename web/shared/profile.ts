import { line } from './clean';
import { MAX_EMAIL, MAX_LANG, MAX_NAME, MAX_PAGE_TITLE, MAX_TOPIC, MAX_URL } from './limits';
import type { PageInfo, Profile } from './protocol';

/** What is said of a customer, as far as the server takes it, whatever a form, a shop's script or a page's title says. */
const fitting =
  <T extends object>(most: Record<keyof T, number>) =>
  (said: T | undefined): T | undefined => {
    const all = Object.entries<number>(most).map(([key, n]) => [key, line(said?.[key as keyof T], n)]);
    const given = all.filter(([, words]) => words);
    return given.length ? Object.fromEntries(given) : undefined;
  };

export const profileOf = fitting<Profile>({ name: MAX_NAME, email: MAX_EMAIL, topic: MAX_TOPIC });
/** The server leaves out an address that is too long: half of it leads elsewhere. */
export const pageOf = fitting<PageInfo>({ url: MAX_URL + 1, title: MAX_PAGE_TITLE, lang: MAX_LANG });
