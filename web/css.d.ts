/** A style sheet imported by the widget is its minified text; see build.mjs. */
declare module '*.css' {
  const text: string;
  export default text;
}
