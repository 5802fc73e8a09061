/** In the viewer's page: notes how long after the change on the other page the same change is in the mirror's DOM. */
const now = () => performance.timeOrigin + performance.now();
// the real clock, also where the test sets Date off by seconds
let samples: number[] = [];

declare global {
  interface Window {
    watchMirror(): boolean;
    takeSamples(): number[];
    mirrorFrame(): HTMLIFrameElement | null;
  }
}

function findFrame(root: Document | ShadowRoot = document): HTMLIFrameElement | null {
  const frame = root.querySelector('iframe');
  if (frame) return frame;
  for (const element of root.querySelectorAll('*')) {
    const found = element.shadowRoot && findFrame(element.shadowRoot);
    if (found) return found;
  }
  return null;
}

window.mirrorFrame = () => findFrame();

const watched = new WeakSet<Document>();
window.watchMirror = () => {
  const page = findFrame()?.contentDocument;
  if (!page?.querySelector('#probe')) return false;
  if (watched.has(page)) return true;
  watched.add(page);
  new MutationObserver((records) => {
    const arrived = now();
    for (const record of records) note(record, arrived);
  }).observe(page, {
    subtree: true,
    attributes: true,
    attributeFilter: ['data-t'],
    childList: true,
    characterData: true,
  });
  return true;
};
window.takeSamples = () => {
  const taken = samples;
  samples = [];
  return taken;
};

function note(record: MutationRecord, arrived: number): void {
  const { target } = record;
  if (record.type === 'characterData') push(target.nodeValue, arrived);
  else if (record.type === 'attributes') push((target as Element).getAttribute('data-t'), arrived);
  else
    for (const node of record.addedNodes)
      push(node.nodeType === 1 ? (node as Element).getAttribute('data-t') : node.nodeValue, arrived);
}

function push(text: string | null, arrived: number): void {
  const sent = Number(text);
  if (sent > 1e12) samples.push(arrived - sent);
}
