import type { Plugin } from 'rollup';
import type { Library } from './build-cuts-list.mjs';

export function cutLibraries(libraries?: Library[]): Plugin;
export function cut(code: string, library: Library): string;
