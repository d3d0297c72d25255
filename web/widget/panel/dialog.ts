import { listen } from '../../client/line/effects';
import { browserStore } from '../../client/line/storage';
import { CHAT_OPEN } from '../embed';
import { files } from './chunks';
import { composer } from './composer';
import { act, h, say } from './dom';
import { head } from './header';
import { later } from './lazyView';
import { start } from './startForm';
import type { Context, Part, Shown } from './view';

/** On a small screen the panel is a modal of the whole screen; else it leaves the page usable. */
const SMALL = '(max-width:480px),(max-height:480px)';

/** Below this height, in pixels, there is room for the message field and little more. */
const SHORT = 300;

/** The window: it opens and closes, shows the parts that the state asks for, and puts the focus where one goes on. */
export function dialog(context: Context, dir: string) {
  const { t, session, embed, draft } = context;
  const { root, button } = embed;
  /** The ended room after which the customer wants another. */
  let after: string | undefined;
  let shown: Shown = 'wait';
  let opened = false;
  const tab = browserStore('sessionStorage');

  const top = head(context, () => show(false));
  const words = h('p', { role: 'status' });
  const again = act('quiet', t('again'), session.open);
  const wait: Part = {
    node: h('div', 'centre', words, again),
    update({ line }) {
      // A browser is not told why it gets no connection, so that who is blocked sees this too.
      again.hidden = !/lost|refused/.test(line);
      say(words, t(again.hidden ? 'connecting' : 'refused'));
    },
  };
  /** Moves the focus into a part that has loaded, if it was on the part's place or on the panel. */
  const ready = (waited: boolean) => {
    // The head uses words that were loaded with the part.
    update();
    if (waited || root.activeElement === node || root.activeElement === top.goal) focus();
  };
  const anew = () => {
    after = session.state.room?.id;
    update();
  };
  const main: Record<Shown, Part> = {
    wait,
    start: start(context, () => {
      after = undefined;
    }),
    talk: composer(context),
    over: later(context, files.over, anew, ready),
  };
  const talk = later(context, files.talk, anew, ready);
  const parts = [top, talk, ...Object.values(main)];
  const node = h(
    'dialog',
    {
      ariaLabel: t('title'),
      tabIndex: -1,
      lang: context.lang,
      dir,
      onkeydown(event) {
        if (event.key === 'Escape' && !event.isComposing) back(event);
      },
      // The back gesture of a phone.
      oncancel: (event) => back(event),
      // At a second request in a row a browser closes the dialog without a cancel event.
      onclose: () => node.open || show(false),
    },
    ...parts.map((part) => part.node),
  );

  const update = () => {
    const { state } = session;
    const { room, line, items } = state;
    const before = shown;
    const had = root.activeElement;
    const inside = node.contains(had);
    // A text on its way opens a room by itself.
    shown =
      line === 'refused' || (room === undefined && !items.length)
        ? 'wait'
        : (room ? room.id === after : !items.length)
          ? 'start'
          : room?.status === 'ended' && items.every((it) => it.room)
            ? 'over'
            : 'talk';
    for (const part of Object.values(main)) part.node.hidden = part !== main[shown];
    talk.node.hidden = !/talk|over/.test(shown);
    draft.follow(room);
    for (const part of parts) part.update?.(state, shown);
    // What had the focus may be gone, and who was writing is not to be left nowhere.
    if (had === node || had === top.goal ? shown !== before : inside && !had?.getClientRects().length)
      focus();
    look();
    if (room !== undefined) context.kept.set(CHAT_OPEN, room && room.status !== 'ended' ? '1' : '');
  };
  /** Never focuses a button: a customer who is still typing would press it with the next space. */
  const focus = () => (main[shown].goal ?? top.goal).focus();
  const back = (event: Event) => {
    event.preventDefault();
    if (!talk.back?.()) show(false);
  };
  /** Marks as seen what is really looked at. */
  const look = () => {
    if (node.open && session.state.unread && !document.hidden && document.hasFocus()) session.seen();
  };

  /** `quietly`: it was open on the previous page, so it opens without taking the focus. */
  const show = (open: boolean, quietly?: boolean) => {
    if (opened === open) return;
    opened = open;
    button.ariaExpanded = `${open}`;
    if (!open) node.close();
    else if (matchMedia(SMALL).matches) node.showModal();
    else node.open = true;
    update();
    if (open) quietly || focus();
    else button.focus();
    tab.set(CHAT_OPEN, open ? '1' : '');
    embed.tell(open ? 'open' : 'close');
  };

  /** A phone's keyboard covers what is fixed to the bottom; only the visual viewport knows how much is left. */
  const resize = () => {
    const { offsetTop: top = 0, scale = 1 } = visualViewport ?? {};
    // Zooming in with two fingers is for larger letters, not for a smaller panel.
    const height = visualViewport ? visualViewport.height * scale : innerHeight;
    node.style.cssText = `--height:${height}px;--top:${scale > 1 ? 0 : top}px;--below:${innerHeight - top - height}px`;
    node.classList.toggle('short', height < SHORT);
    const { activeElement: field } = root;
    if (node.contains(field) && field !== node) field?.scrollIntoView({ block: 'nearest' });
  };
  const unlisten = listen(
    [visualViewport ?? window, 'resize', resize],
    [visualViewport ?? window, 'scroll', resize],
    [window, 'focus', look],
    [document, 'visibilitychange', look],
  );

  resize();
  Object.assign(context.beside, { lang: context.lang, dir });
  root.prepend(node, context.beside);
  // Of a colour of the shop's own it is to be seen what can be read on it.
  if (getComputedStyle(button).getPropertyValue('--rejoin-accent'))
    embed.load<typeof import('./contrast')>(files.ink).then(({ ink }) => ink(button, node), embed.complain);
  const unsubscribe = session.subscribe(update);
  update();
  return {
    node,
    show,
    leave() {
      unsubscribe();
      unlisten();
      node.remove();
      context.beside.remove();
      button.ariaExpanded = 'false';
    },
  };
}
