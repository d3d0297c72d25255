/** Beside those that an element has a property for. */
const MORE = ['focusin', 'focusout', 'compositionstart', 'compositionupdate', 'compositionend'];
/** What handlers in the chat ask of an event. */
const ASKED = ['key', 'keyCode', 'shiftKey', 'isComposing', 'detail'];

/**
 * What people do with keys, pointers and the clipboard in the chat is not the page's: its hotkeys, traps and guards never see
 * it. Events are stopped on their way, and their copies handed to whom they are for. A page that caught them before the chat
 * was there, on the window, goes first; it is told that one writes here, as most ask before they take a key for theirs.
 */
export function keep(root: ShadowRoot): void {
  const { host } = root;
  const stop = (event: Event) => {
    const [at] = event.composedPath();
    if (event.target !== host || at === host) return;
    event.stopImmediatePropagation();
    const copy = new Event(event.type, { bubbles: true, cancelable: true });
    for (const name of ASKED) Object.defineProperty(copy, name, { value: event[name as never] });
    if (!at?.dispatchEvent(copy)) event.preventDefault();
  };
  for (const type of MORE) addEventListener(type, stop, true);
  for (const name in host) if (/^on/.test(name)) addEventListener(name.slice(2), stop, true);
  Object.defineProperty(host, 'isContentEditable', {
    get: () => !!root.activeElement?.matches('input,textarea'),
  });
}
