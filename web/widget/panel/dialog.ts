import { listen } from '../../client/line/effects';
import { browserStore } from '../../client/line/storage';
import { CHAT_OPEN } from '../embed';
import { chunks } from './chunks';
import { createComposer } from './composer';
import { h, setText, textButton } from './dom';
import { createHeader } from './header';
import { createLazyView } from './lazyView';
import { createStartForm } from './startForm';
import type { Context, Screen, View } from './view';

/** On a screen this small the panel is a modal that fills it. On others the page stays usable beside it. */
const SMALL_SCREEN = '(max-width:480px),(max-height:480px)';

/** Below this height, in px, there is little room for more than the message field. */
const SHORT_HEIGHT = 300;

/** The panel's window. It opens and closes, shows the screen that the state calls for, and moves the focus along. */
export function createDialog(context: Context, dir: string) {
  const { t, session, embed, draft } = context;
  const { root, button } = embed;
  /** The ended room after which the customer wants a new chat. */
  let endedRoom: string | undefined;
  let shown: Screen = 'connecting';
  let opened = false;
  const tab = browserStore('sessionStorage');
  const viewport = visualViewport as VisualViewport;

  const header = createHeader(context, () => show(false));
  const message = h('p', { role: 'status' });
  const retryButton = textButton('secondary', t('again'), session.open);
  const connecting: View = {
    node: h('div', 'connecting', message, retryButton),
    update({ line }) {
      // A browser is not told why a connection was refused, so blocked customers see this too.
      retryButton.hidden = !/lost|refused/.test(line);
      setText(message, t(retryButton.hidden ? 'connecting' : 'refused'));
    },
  };
  /** Moves the focus into a view that has loaded, if it was on the view's placeholder, the panel or its title. */
  const onLoaded = (hadFocus: boolean) => {
    // The header uses words that were loaded with the view.
    update();
    if (hadFocus || root.activeElement === node || root.activeElement === header.focusTarget) focus();
  };
  const startNewChat = () => {
    endedRoom = session.state.room?.id;
    update();
  };
  const screens: Record<Screen, View> = {
    connecting,
    form: createStartForm(context, () => {
      endedRoom = undefined;
    }),
    conversation: createComposer(context),
    rating: createLazyView(context, 'rating', startNewChat, onLoaded),
  };
  const conversation = createLazyView(context, 'conversation', startNewChat, onLoaded);
  const notices = createLazyView(context, 'hours', startNewChat, onLoaded);
  notices.node.hidden = true;
  const views = [header, conversation, notices, ...Object.values(screens)];
  const node = h(
    'dialog',
    {
      ariaLabel: t('title'),
      tabIndex: -1,
      lang: context.lang,
      dir,
      onkeydown(event) {
        if (event.key === 'Escape' && !event.isComposing) onBack(event);
      },
      // A phone's back gesture.
      oncancel: onBack,
      // At the second close request in a row, browsers close the dialog without a cancel event.
      onclose: () => node.open || show(false),
    },
    ...views.map((view) => view.node),
  );

  const update = () => {
    const { state } = session;
    const { room, line, items, hours } = state;
    const previous = shown;
    const focused = root.activeElement;
    const inside = node.contains(focused);
    // A text that is being sent opens a room by itself.
    shown =
      line === 'refused' || (room === undefined && !items.length)
        ? 'connecting'
        : (room ? room.id === endedRoom : !items.length)
          ? 'form'
          : room?.status === 'ended' && items.every((it) => it.room)
            ? 'rating'
            : 'conversation';
    for (const view of Object.values(screens)) view.node.hidden = view !== screens[shown];
    conversation.node.hidden = !/conversation|rating/.test(shown);
    notices.node.hidden &&= !hours && items.every((it) => !it.why);
    draft.setRoom(room);
    for (const view of views) view.update?.(state, shown);
    // The focused element may be gone. A customer who was typing must not lose the focus.
    if (
      focused === node || focused === header.focusTarget
        ? shown !== previous
        : inside && !focused?.getClientRects().length
    )
      focus();
    markSeen();
    if (room !== undefined) context.storage.set(CHAT_OPEN, room && room.status !== 'ended' ? '1' : '');
  };
  /** Never focuses a button: a customer who is still typing would press it with the next space. */
  const focus = () => (screens[shown].focusTarget ?? header.focusTarget).focus();
  function onBack(event: Event) {
    event.preventDefault();
    if (!conversation.closeConfirmation?.()) show(false);
  }
  /** Marks texts as seen only while the page is visible and has the focus. */
  const markSeen = () => {
    if (node.open && session.state.unread && !document.hidden && document.hasFocus()) session.seen();
  };

  /** `quietly`: does not take the focus, as the panel was open on the previous page already. */
  const show = (open: boolean, quietly?: boolean) => {
    if (opened === open) return;
    opened = open;
    button.ariaExpanded = `${open}`;
    resize();
    if (!open) node.close();
    else if (matchMedia(SMALL_SCREEN).matches) node.showModal();
    else node.open = true;
    update();
    if (open) quietly || focus();
    else button.focus();
    tab.set(CHAT_OPEN, open ? '1' : '');
    embed.emit(open ? 'open' : 'close');
  };

  /** Fits the panel above a phone's on-screen keyboard: only the visual viewport tells what that leaves free. */
  const resize = () => {
    const { scale } = viewport;
    // Lengths are multiplied by the page's CSS zoom.
    const zoom = button.currentCSSZoom ?? 1;
    const top = viewport.offsetTop / zoom;
    // Pinch zoom shrinks the visual viewport; the panel keeps its size.
    const height = (viewport.height * scale) / zoom;
    node.style.cssText = `--height:${height}px;--top:${scale > 1 ? 0 : top}px;--below:${innerHeight / zoom - top - height}px`;
    node.classList.toggle('short', height < SHORT_HEIGHT);
    const { activeElement: field } = root;
    if (node.contains(field) && field !== node) field?.scrollIntoView({ block: 'nearest' });
  };
  const unlisten = listen(
    [viewport, 'resize', resize],
    [viewport, 'scroll', resize],
    [window, 'focus', markSeen],
    [document, 'visibilitychange', markSeen],
  );

  Object.assign(context.besideButton, { lang: context.lang, dir });
  root.prepend(node, context.besideButton);
  // On a colour of the shop's own, the text colour has to be computed.
  if (getComputedStyle(button).getPropertyValue('--rejoin-accent'))
    embed
      .load<typeof import('./contrast')>(chunks, 'contrast')
      .then(({ keepReadable }) => keepReadable(button, node), embed.logError);
  const unsubscribe = session.subscribe(update);
  update();
  return {
    node,
    show,
    dispose() {
      unsubscribe();
      unlisten();
      node.remove();
      context.besideButton.remove();
      button.ariaExpanded = 'false';
    },
  };
}
