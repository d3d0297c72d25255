/** Builds parts (widget, console, demo), or all of them, into the folder `dist`, an absolute path. */
export function build(dist: string, names?: string[]): Promise<void>;
/** A style sheet as it is built. */
export function sheet(css: string): Promise<string>;
/** The files that the widget is made of. */
export function sources(): Promise<string[]>;
