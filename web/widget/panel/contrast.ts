/** White or black, whichever has a contrast of at least 4.5 : 1 on a colour; sRGB, 0–255 each. */
export const readableOn = ([r = 0, g = 0, b = 0]: Iterable<number>) =>
  0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2 > 35_400 ? '#000' : '#fff';

/** Keeps the text colour readable on the button's colour, in whatever syntax and by whatever rule that is set. */
export function keepReadable(button: HTMLElement, panel: Element): void {
  const host = (button.getRootNode() as ShadowRoot).host as HTMLElement;
  const canvas = document.createElement('canvas').getContext('2d', {
    willReadFrequently: true,
  }) as CanvasRenderingContext2D;
  const update = () => {
    // The panel's background shows through a colour that is not opaque.
    for (const it of [panel, button]) {
      canvas.fillStyle = getComputedStyle(it).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
    }
    host.style.setProperty('--on', readableOn(canvas.getImageData(0, 0, 1, 1).data));
  };
  try {
    // An invalid colour then counts as unset.
    CSS.registerProperty({
      name: '--rejoin-accent',
      syntax: '<color>',
      inherits: true,
      initialValue: '#0f6b5c',
    });
  } catch {
    // It is registered already, or the browser cannot register properties.
  }
  button.style.color = 'var(--on-accent)';
  // The page or a theme may change the colour at any time. The end of a transition reports it.
  button.style.transition = 'background-color 1ms';
  button.ontransitionend = update;
  update();
}
