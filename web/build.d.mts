/** Builds everything into the folder `dist`, an absolute path. */
export function build(dist: string): Promise<void>;
