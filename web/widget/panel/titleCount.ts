/** Counts in the page's title. It remembers the title that it wrote, since a page may have a count of its own. */
export function counter() {
  let own = '';
  let counted: string | undefined;
  /** The page's title without our count. */
  const title = () => (document.title === counted ? own : document.title);
  return {
    title,
    count(unread: number): void {
      own = title();
      const text = (unread ? `(${unread}) ` : '') + own;
      if (text !== document.title) document.title = text;
      counted = document.title;
    },
  };
}

export type Counter = ReturnType<typeof counter>;
