/** How far the edges of what is seen lie from those of the window, as a CSS `translate`. */
export function visibleOffset(placement: string, dir: 'ltr' | 'rtl', viewport = visualViewport): string {
  if (!viewport) return '';
  const { offsetLeft, offsetTop, width, height } = viewport;
  const { clientWidth, clientHeight } = document.documentElement;
  const right = offsetLeft + width - clientWidth;
  const bottom = offsetTop + height - clientHeight;
  const isStart = placement.includes('inline-start');
  const isCorner = isStart || placement.includes('inline-end');
  const x = isCorner ? (isStart === (dir === 'ltr') ? offsetLeft : right) : (offsetLeft + right) / 2;
  const y = placement.includes('block-end') ? bottom : offsetTop;
  return isZero(x) && isZero(y) ? '' : `${x}px ${y}px`;
}

// the bars of a scroll area and rounding are no offset
function isZero(value: number): boolean {
  return Math.abs(value) < 24;
}
