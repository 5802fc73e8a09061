/** Names for the nodes of a recorded page, as a person would call them: `main > p#balance`. */
export class NodeNames {
  readonly #nodes = new Map<number, { label: string; parent: number | undefined }>();

  /** Learns from a serialised tree, or from any event that carries some. */
  learn(value: unknown, parent?: number): void {
    if (Array.isArray(value)) for (const item of value) this.learn(item, parent);
    else if (typeof value === 'object' && value !== null) this.#learnFrom(value as Record<string, unknown>, parent);
  }

  of(id: number): string {
    const path: string[] = [];
    const seen = new Set<number>();
    for (let node = this.#nodes.get(id), at: number | undefined = id; node && !seen.has(at!);) {
      seen.add(at!);
      if (node.label) path.unshift(node.label);
      at = node.parent;
      node = at === undefined ? undefined : this.#nodes.get(at);
    }
    return path.slice(-5).join(' > ') || `node ${id}`;
  }

  #learnFrom(value: Record<string, unknown>, parent: number | undefined): void {
    const { id, parentId, node, childNodes, type } = value;
    const isNode = typeof id === 'number' && typeof type === 'number' && 'type' in value;
    if (isNode && (childNodes || 'textContent' in value || 'tagName' in value))
      this.#nodes.set(id, { label: labelOf(value), parent });
    for (const child of Object.values(value))
      if (typeof child === 'object') this.learn(child, child === node ? Number(parentId) : isNode ? id : parent);
  }
}

function labelOf({ tagName, attributes }: Record<string, unknown>): string {
  if (typeof tagName !== 'string') return '';
  const { id, name } = (attributes ?? {}) as Record<string, unknown>;
  if (typeof id === 'string' && id) return `${tagName}#${id}`;
  return typeof name === 'string' && name ? `${tagName}[name=${name}]` : tagName;
}
