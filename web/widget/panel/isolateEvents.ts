/** Events without an `on…` property. */
const OTHER_EVENTS = ['focusin', 'focusout', 'compositionstart', 'compositionupdate', 'compositionend'];

/**
 * Hides keys, pointers and the clipboard in the chat from the page's hotkeys, focus traps and copy guards: events are stopped at
 * the window, and copies dispatched inside the chat. A page's listener that was on the window earlier still runs first; while the
 * customer writes, it sees an editable target, which most hotkey code checks for.
 */
export function isolateEvents(root: ShadowRoot): void {
  const { host } = root;
  const redirect = (event: Event) => {
    const [target] = event.composedPath();
    if (event.target !== host || target === host) return;
    event.stopImmediatePropagation();
    const { key, keyCode, shiftKey, isComposing, detail } = event as KeyboardEvent;
    // A page's own `Event` may be something else; a copy of the same kind would press, choose and toggle once more.
    const copy = new UIEvent(event.type, { bubbles: true, cancelable: true, detail });
    Object.assign(copy, { key, keyCode, shiftKey, isComposing });
    if (!target?.dispatchEvent(copy)) event.preventDefault();
  };
  for (const type of OTHER_EVENTS) addEventListener(type, redirect, true);
  for (const name in host) if (/^on/.test(name)) addEventListener(name.slice(2), redirect, true);
  Object.defineProperty(host, 'isContentEditable', {
    get: () => !!root.activeElement?.matches('input,textarea'),
  });
}
