import { linkTarget, splitLinks } from '../../components/links';
import { h } from '../panel/dom';

/** A text with its web and mail addresses as links. */
export const linked = (text: string): (Node | string)[] =>
  splitLinks(text).map((part, i) =>
    i % 2 ? h('a', { href: linkTarget(part), target: '_blank', rel: 'noreferrer' }, part) : part,
  );
