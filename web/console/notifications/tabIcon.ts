/** The tab's icon, with a dot while something waits for the agent. */
export function bubbleIcon(dot: { text: string; colour: string } | undefined): string {
  const bubble =
    '<rect width="32" height="32" rx="8" fill="#0f6b5c"/><path d="M8 10h16v10H15l-4 4v-4H8z" fill="#fff"/>';
  const tabIcon =
    dot &&
    `<circle cx="23" cy="9" r="9" fill="${dot.colour}"/><text x="23" y="13" font-size="12" font-weight="700" font-family="sans-serif" text-anchor="middle" fill="#fff">${dot.text}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${bubble}${tabIcon ?? ''}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** `unread` texts in the agent's own chats take precedence over `waiting` customers. */
export function badge(unread: number, waiting: number): string {
  if (unread) return bubbleIcon({ text: unread > 9 ? '9+' : `${unread}`, colour: '#c5221f' });
  return bubbleIcon(waiting ? { text: '', colour: '#d99a1c' } : undefined);
}

export function setTabIcon(href: string): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (link && link.href !== href) link.href = href;
}
