import { cut } from '../wire/clean';
import { MAX_EMAIL, MAX_NAME, MAX_TOPIC, MAX_URL } from '../wire/limits';
import type { PageInfo, Profile } from '../wire/protocol';

/** Cut before it is cleaned; the server counts the cleaned text, which is never longer. Other values than strings are left out. */
const fitting = (said: unknown, most = MAX_URL + 1): string | undefined =>
  typeof said === 'string' ? cut(said, most) : undefined;

/** A customer's profile within the server's limits, whatever a form, a shop's script or a page's title contains. */
export const profileOf = (said?: Profile): Profile | undefined =>
  said && {
    name: fitting(said.name, MAX_NAME),
    email: fitting(said.email, MAX_EMAIL),
    topic: fitting(said.topic, MAX_TOPIC),
  };

/** The server leaves out or cuts what is too long of a page; here it only has to fit into one frame. */
export const pageOf = (said?: PageInfo): PageInfo | undefined =>
  said && { url: fitting(said.url), title: fitting(said.title), lang: fitting(said.lang) };
