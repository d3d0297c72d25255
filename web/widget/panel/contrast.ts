/** Which of white and black has a contrast of 4.5 : 1 at least on a colour: sRGB, each 0–255. */
export const inkOn = ([r = 0, g = 0, b = 0]: Iterable<number>) =>
  0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2 > 35_400 ? '#000' : '#fff';

/** Writes so that it can be read on the button's colour, in whatever syntax and by whatever rule it has that. */
export function ink(button: HTMLElement, panel: Element): void {
  const host = (button.getRootNode() as ShadowRoot).host as HTMLElement;
  const canvas = document.createElement('canvas').getContext('2d', {
    willReadFrequently: true,
  }) as CanvasRenderingContext2D;
  const read = () => {
    // The panel's ground shows through what is not opaque.
    for (const it of [panel, button]) {
      canvas.fillStyle = getComputedStyle(it).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
    }
    host.style.setProperty('--on', inkOn(canvas.getImageData(0, 0, 1, 1).data));
  };
  try {
    // What is no colour counts as none said.
    CSS.registerProperty({
      name: '--rejoin-accent',
      syntax: '<color>',
      inherits: true,
      initialValue: '#0f6b5c',
    });
  } catch {
    // It is known by now, or the browser knows no types.
  }
  button.style.color = 'var(--on-accent)';
  // The page, or a theme, may change the colour whenever it likes: a transition tells.
  button.style.transition = 'background-color 1ms';
  button.ontransitionend = read;
  read();
}
