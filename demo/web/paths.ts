import { fileURLToPath } from 'node:url';

/** A file or folder of the repository, by its path from the top. */
export function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
