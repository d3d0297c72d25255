/** Builds parts (widget, console, demo), or all of them, into the folder `dist`, an absolute path. */
export function build(dist: string, names?: string[]): Promise<void>;
