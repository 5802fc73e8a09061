import type { NodeNames } from './node-names.js';

const SOURCES: Record<number, string> = {
  0: 'mutation',
  5: 'input',
  8: 'style sheet rule',
  13: 'style declaration',
  14: 'selection',
  15: 'adopted style sheet',
};

type Path = readonly (string | number)[];

/** A place in a message, in words. */
export function describeSink(where: string, root: unknown, path: Path, names: NodeNames): string {
  return where === 'mirror' ? `mirror: ${describeEvent(root, path, names)}` : `${where}${dotted(path)}`;
}

function describeEvent(event: unknown, path: Path, names: NodeNames): string {
  const { type, data } = event as { type: number; data?: { source?: number } };
  const kind = type === 2 ? 'snapshot' : (SOURCES[data?.source ?? -1] ?? `event ${type}, source ${data?.source}`);
  const id = nearestId(event, path);
  const node = id === undefined ? '' : ` of ${names.of(id)}`;
  return `${kind}, ${what(path)}${node}`;
}

function what(path: Path): string {
  const at = path.lastIndexOf('attributes');
  const name = path[at + 1];
  if (at !== -1 && typeof name === 'string') return `attribute "${name}"${dotted(path.slice(at + 2))}`;
  // a list of changed attributes: attributes[3].attributes.title
  const last = path.at(-1);
  if (last === 'textContent' || path.includes('texts')) return 'text';
  return last === 'text' ? 'value' : String(dotted(path.slice(1)).slice(1) || last);
}

/** The node that the place belongs to. */
function nearestId(root: unknown, path: Path): number | undefined {
  let value = root;
  let id: number | undefined;
  for (const key of path) {
    const own = (value as { id?: unknown } | null)?.id;
    if (typeof own === 'number') id = own;
    value = (value as Record<string | number, unknown> | null)?.[key];
  }
  return id;
}

function dotted(path: Path): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
}
