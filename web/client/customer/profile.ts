import { cut } from '../wire/clean';
import { MAX_EMAIL, MAX_NAME, MAX_TOPIC, MAX_URL } from '../wire/limits';
import type { PageInfo, Profile } from '../wire/protocol';

/** The first code points of a string; undefined for any other value. The server counts the cleaned text, which is never longer. */
const cutTo = (value: unknown, most = MAX_URL + 1): string | undefined =>
  typeof value === 'string' ? cut(value, most) : undefined;

/** A profile within the server's limits, from a form or a shop's script. */
export const profileOf = (profile?: Profile): Profile | undefined =>
  profile && {
    name: cutTo(profile.name, MAX_NAME),
    email: cutTo(profile.email, MAX_EMAIL),
    topic: cutTo(profile.topic, MAX_TOPIC),
  };

/** A page that fits into one frame; the server cuts or drops what is too long. */
export const pageOf = (page?: PageInfo): PageInfo | undefined =>
  page && { url: cutTo(page.url), title: cutTo(page.title), lang: cutTo(page.lang) };
