/** Features that the widget uses although some supported browsers lack them, and what happens there. */
export const FALLBACKS: Record<string, string> = {
  'api.Element.currentCSSZoom': 'Without it a zoom of the page may push the header off a small screen.',
  'api.HTMLElement.popover': 'Setting an unknown property does nothing: the host is on top by its z-index.',
  'api.HTMLElement.showPopover': 'It is called with ?. only.',
  'api.Navigator.userActivation': 'It is read with ?. only: without it the chat makes no sound.',
  'api.UserActivation.hasBeenActive': 'As userActivation.',
  'css.properties.cursor.pointer': 'A phone has no cursor.',
  'css.properties.overflow-anchor': 'A browser without scroll anchoring needs no opt-out.',
  'css.properties.overflow-anchor.none': 'As overflow-anchor.',
  'css.properties.resize': 'Fields on phones have no resize handle.',
  'css.properties.resize.none': 'As resize.',
  'css.properties.user-select': 'The build adds -webkit-user-select.',
};
