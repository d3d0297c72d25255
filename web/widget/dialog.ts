import { attention } from './attention';
import { composer } from './composer';
import { act, h, say } from './dom';
import { CHAT_OPEN } from './embed';
import { head } from './head';
import { notice, place } from './notice';
import { over } from './over';
import type { Context, Part } from './part';
import { start } from './start';
import { thread } from './thread';

/** On a small screen the panel is a modal of the whole screen; else it leaves the page usable. */
const SMALL = '(max-width: 480px), (max-height: 480px)';

type Shown = 'talk' | 'over' | 'start' | 'wait';

/** The window: it opens and closes, shows the parts that the state asks for, and puts the focus where one goes on. */
export function dialog(context: Context) {
  const { t, session, embed } = context;
  const { root, button } = embed;
  let anew: string | undefined;
  let shown: Shown = 'wait';

  const heading = head(context, () => show(false), () => shown === 'start');
  const begin = start(context, () => {
    anew = undefined;
    update();
  });
  const end = over(context, () => {
    anew = session.state.room?.id;
    update();
    begin.focus?.();
  });
  const write = composer(context);
  const words = h('p', { role: 'status' });
  const again = act('quiet', t('again'), () => session.open());
  const wait: Part = {
    node: h('div', { className: 'centre' }, words, again),
    update({ line }) {
      say(words, t(line === 'refused' ? 'refused' : 'connecting'));
      again.hidden = line !== 'refused';
    },
  };
  /** In which states each part is on screen; the first one with a focus of its own gets it. */
  const parts: [Part, Shown[]][] = [
    [heading, ['wait', 'start', 'talk', 'over']],
    [notice(context), ['wait', 'start', 'talk', 'over']],
    [wait, ['wait']],
    [begin, ['start']],
    [thread(context), ['talk', 'over']],
    [place(context), ['talk']],
    [write, ['talk']],
    [end, ['over']],
  ];
  const node = h(
    'dialog',
    {
      ariaLabel: t('title'),
      lang: context.lang,
      dir: t('dir'),
      oncancel(event) {
        event.preventDefault();
        show(false);
      },
      onkeydown(event) {
        if (event.key === 'Escape' && !event.isComposing && !node.matches(':modal')) show(false);
      },
    },
    ...parts.map(([part]) => part.node),
  );
  const tell = attention(context);

  const focus = () => (({ talk: write, over: end, start: begin, wait: heading })[shown].focus as () => void)();

  const update = () => {
    const { state } = session;
    const { room, line, items } = state;
    const had = node.contains(root.activeElement);
    // A text on its way opens a room by itself.
    if (line === 'refused' || (room === undefined && !items.length)) shown = 'wait';
    else if (room === null ? !items.length : room?.id === anew && anew) shown = 'start';
    else shown = room?.status === 'ended' && items.every((it) => it.room) ? 'over' : 'talk';
    for (const [part, states] of parts) {
      part.node.hidden = !states.includes(shown);
      part.update(state);
    }
    // What had the focus may be gone, and who was writing is not to be left nowhere.
    if (had && !(root.activeElement as HTMLElement)?.checkVisibility()) focus();
    look();
    tell(node.open);
    try {
      if (room && room.status !== 'ended') localStorage.setItem(CHAT_OPEN, '1');
      else if (room !== undefined) localStorage.removeItem(CHAT_OPEN);
    } catch {
      // Storage is denied: the next page connects when the chat is opened.
    }
  };
  /** Marks as seen what is really looked at. */
  const look = () => {
    if (node.open && session.state.unread && document.visibilityState === 'visible' && document.hasFocus())
      session.seen();
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
  const fit = () => {
    node.style.setProperty('--height', `${visualViewport?.height}px`);
    node.style.setProperty('--top', `${visualViewport?.offsetTop}px`);
  };
  fit();
  const stop = new AbortController();
  const { signal } = stop;
  for (const event of ['resize', 'scroll']) visualViewport?.addEventListener(event, fit, { signal });
  for (const event of ['focus', 'visibilitychange']) addEventListener(event, look, { signal, capture: true });

  root.prepend(node);
  const unsubscribe = session.subscribe(update);
  update();
  return {
    node,
    show,
    leave() {
      unsubscribe();
      stop.abort();
      node.remove();
      button.ariaExpanded = 'false';
    },
  };
}
