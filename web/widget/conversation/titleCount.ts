/** The number of unread texts in the page's title. The title last written is remembered, as a page may have a count of its own. */
export function createTitleCount() {
  let pageTitle = '';
  let written: string | undefined;
  /** The page's title without our count. */
  const title = () => (document.title === written ? pageTitle : document.title);
  return {
    title,
    count(unread: number): void {
      pageTitle = title();
      const text = (unread ? `(${unread}) ` : '') + pageTitle;
      if (text !== document.title) document.title = text;
      written = document.title;
    },
  };
}
