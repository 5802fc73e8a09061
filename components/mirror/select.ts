interface SelectedRange {
  start: number;
  startOffset: number;
  end: number;
  endOffset: number;
}

/** Shows the consumer's selection with the real one of the mirror's document; none clears it. */
export function select(ranges: readonly SelectedRange[], nodeOf: (id: number) => Node | null, top: Document): void {
  top.getSelection()?.removeAllRanges();
  for (const { start, startOffset, end, endOffset } of ranges) {
    const [first, last] = [nodeOf(start), nodeOf(end)];
    const inner = first?.ownerDocument;
    if (!first || !last || !inner || last.ownerDocument !== inner) continue;
    const range = inner.createRange();
    range.setStart(first, Math.min(startOffset, lengthOf(first)));
    range.setEnd(last, Math.min(endOffset, lengthOf(last)));
    const selection = inner.getSelection();
    if (inner !== top) selection?.removeAllRanges();
    selection?.addRange(range);
  }
}

function lengthOf(node: Node): number {
  return node.nodeType === Node.TEXT_NODE ? (node as Text).length : node.childNodes.length;
}
