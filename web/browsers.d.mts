export function requested(): ('firefox' | 'webkit')[];
export function missing(names: string[]): string[];
export function onPath(program: string): string | undefined;
