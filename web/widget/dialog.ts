import { listen } from '../shared/effects';
import { attention } from './attention';
import { composer } from './composer';
import { act, h, say } from './dom';
import { CHAT_OPEN } from './embed';
import { files } from './files';
import { head } from './head';
import { later } from './later';
import { notice, place } from './notice';
import type { Context, Part, Shown } from './part';
import { start } from './start';
import { thread } from './thread';

/** On a small screen the panel is a modal of the whole screen; else it leaves the page usable. */
const SMALL = '(max-width:480px),(max-height:480px)';

/** The window: it opens and closes, shows the parts that the state asks for, and puts the focus where one goes on. */
export function dialog(context: Context, dir: string) {
  const { t, session, embed } = context;
  const { root, button } = embed;
  /** The ended room after which the customer wants another. */
  let after: string | undefined;
  let shown: Shown = 'wait';

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
  const main: Record<Shown, Part> = {
    wait,
    start: start(context, () => {
      after = undefined;
    }),
    talk: composer(context),
    over: later<typeof import('./over')>(context, files.over, ({ over }) =>
      over(context, () => {
        after = session.state.room?.id;
        update();
      }),
    ),
  };
  const talk = thread(context);
  const parts = [
    head(context, () => show(false)),
    notice(context),
    talk,
    place(context),
    ...Object.values(main),
  ];
  const node = h(
    'dialog',
    {
      ariaLabel: t('title'),
      tabIndex: -1,
      lang: context.lang,
      dir,
      oncancel(event) {
        event.preventDefault();
        show(false);
      },
      onkeydown(event) {
        if (event.key === 'Escape' && !event.isComposing && !node.matches(':modal')) show(false);
      },
    },
    ...parts.map((part) => part.node),
  );
  const tell = attention(context);

  const update = () => {
    const { state } = session;
    const { room, line, items } = state;
    const before = shown;
    const had = root.activeElement;
    // A text on its way opens a room by itself.
    shown =
      line === 'refused' || (room === undefined && !items.length)
        ? 'wait'
        : (room ? room.id === after : !items.length)
          ? 'start'
          : room?.status === 'ended' && items.every((it) => it.room)
            ? 'over'
            : 'talk';
    talk.node.hidden = !/talk|over/.test(shown);
    for (const part of Object.values(main)) part.node.hidden = part !== main[shown];
    for (const part of parts) part.update?.(state, shown);
    // What had the focus may be gone, and who was writing is not to be left nowhere.
    if (shown !== before && (had === node || (had && node.contains(had) && !had.checkVisibility()))) focus();
    look();
    tell(node.open);
    if (room !== undefined) context.kept.set(CHAT_OPEN, room && room.status !== 'ended' ? '1' : '');
  };
  const focus = () => (main[shown].goal ?? node).focus();
  /** Marks as seen what is really looked at. */
  const look = () => {
    if (node.open && session.state.unread && !document.hidden && document.hasFocus()) session.seen();
  };

  const show = (open: boolean) => {
    if (node.open === open) return;
    button.ariaExpanded = `${open}`;
    if (!open) node.close();
    else if (matchMedia(SMALL).matches) node.showModal();
    else node.show();
    update();
    if (open) focus();
    else button.focus();
    embed.tell(open ? 'open' : 'close');
  };

  /** A phone's keyboard covers what is fixed to the bottom; only the visual viewport knows how much is left. */
  const resize = () => {
    node.style.cssText = `--height:${viewport.height}px;--top:${viewport.offsetTop}px`;
  };
  const viewport = visualViewport as VisualViewport;
  const unlisten = listen(
    [viewport, 'resize', resize],
    [viewport, 'scroll', resize],
    [window, 'focus', look],
    [document, 'visibilitychange', look],
  );

  resize();
  root.prepend(node);
  const unsubscribe = session.subscribe(update);
  update();
  return {
    node,
    show,
    leave() {
      unsubscribe();
      unlisten();
      node.remove();
      button.ariaExpanded = 'false';
    },
  };
}
