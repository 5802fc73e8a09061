export const browserFlags: string[];
export function chromePath(): string;
export function hasBrowser(): boolean;
