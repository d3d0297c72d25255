import { cut } from './clean';
import { MAX_EMAIL, MAX_NAME, MAX_TOPIC, MAX_URL } from './limits';
import type { PageInfo, Profile } from './protocol';

/** Cut as it is: the server counts what is left of it once it is cleaned. What is no text is left out. */
const fitting = (said: unknown, most = MAX_URL + 1): string | undefined =>
  typeof said === 'string' ? cut(said, most) : undefined;

/** What is said of a customer, as far as the server takes it, whatever a form, a shop's script or a page's title says. */
export const profileOf = (said?: Profile): Profile | undefined =>
  said && {
    name: fitting(said.name, MAX_NAME),
    email: fitting(said.email, MAX_EMAIL),
    topic: fitting(said.topic, MAX_TOPIC),
  };

/** Of a page the server itself leaves out, or cuts, what is too long: all that matters is that it comes as one frame. */
export const pageOf = (said?: PageInfo): PageInfo | undefined =>
  said && { url: fitting(said.url), title: fitting(said.title), lang: fitting(said.lang) };
