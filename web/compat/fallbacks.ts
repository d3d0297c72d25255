/** What the widget asks for though some of the named browsers lack it, and what each has in its place. */
export const FALLBACKS: Record<string, string> = {
  'api.Element.currentCSSZoom': 'Without it a zoom of the page may push the header off a small screen.',
  'api.HTMLElement.popover': 'An unknown property does nothing: the host is on top by its z-index.',
  'api.HTMLElement.showPopover': 'It is asked for with ?. only.',
  'api.Navigator.userActivation': 'It is asked for with ?. only: without it the chat makes no sound.',
  'api.UserActivation.hasBeenActive': 'As userActivation.',
  'css.properties.cursor.pointer': 'A phone has no cursor.',
  'css.properties.overflow-anchor': 'What anchors nothing need not be told not to.',
  'css.properties.overflow-anchor.none': 'As overflow-anchor.',
  'css.properties.resize': 'A field on a phone has no handle.',
  'css.properties.resize.none': 'As resize.',
  'css.properties.user-select': 'The build writes -webkit-user-select beside it.',
};
