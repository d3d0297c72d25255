import { cut } from '../wire/clean';
import { MAX_EMAIL, MAX_NAME, MAX_TOPIC, MAX_URL } from '../wire/limits';
import type { PageInfo, Profile } from '../wire/protocol';

/** The first code points of a string; undefined for any other value. The server counts the cleaned text, which is never longer. */
const cutTo = (said: unknown, most = MAX_URL + 1): string | undefined =>
  typeof said === 'string' ? cut(said, most) : undefined;

/** A profile within the server's limits, from a form or a shop's script. */
export const profileOf = (said?: Profile): Profile | undefined =>
  said && {
    name: cutTo(said.name, MAX_NAME),
    email: cutTo(said.email, MAX_EMAIL),
    topic: cutTo(said.topic, MAX_TOPIC),
  };

/** A page that fits into one frame; the server cuts or drops what is too long. */
export const pageOf = (said?: PageInfo): PageInfo | undefined =>
  said && { url: cutTo(said.url), title: cutTo(said.title), lang: cutTo(said.lang) };
