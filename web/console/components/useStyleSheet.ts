import { useLayoutEffect } from 'preact/hooks';

/** Styles of a part that is loaded later, for as long as it is shown. The page's policy allows no style elements. */
export function useStyleSheet(css: string): void {
  useLayoutEffect(() => {
    const style = new CSSStyleSheet();
    style.replaceSync(css);
    document.adoptedStyleSheets.push(style);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== style);
    };
  }, [css]);
}
