import { kitPair } from './pair.js';
import type { Rig } from './rig.js';
import { spread, type Spread } from './statistics.js';

/** The agent moves the laser; the consumer's page notes the frame after which the overlay's drawing changed. */
export async function measureLaser(rig: Rig): Promise<Spread> {
  const pair = await kitPair(rig);
  await pair.agent.evaluate(() => {
    const element = document.querySelector<HTMLElement & { store: { dispatch(action: object): unknown } }>(
      'cobrowse-session',
    )!;
    element.store.dispatch({ type: 'set-tool', tool: 'laser' });
  });
  await pair.agent.evaluate(() => {
    const moves: number[] = [];
    Object.assign(window, { moves });
    window.addEventListener('pointermove', (event) => moves.push(performance.timeOrigin + event.timeStamp), {
      capture: true,
    });
  });
  await pair.consumer.evaluate(watchOverlay);
  const box = (await pair.agent.locator('cobrowse-agent-view').boundingBox())!;
  for (let i = 0; i < 120; i++) {
    await pair.agent.mouse.move(box.x + 100 + ((i * 7) % 400), box.y + 150 + ((i * 5) % 200));
    await pair.agent.waitForTimeout(40);
  }
  const moves = await pair.agent.evaluate(() => (window as unknown as { moves: number[] }).moves);
  const drawn = await pair.consumer.evaluate(() => (window as unknown as { drawn: number[] }).drawn);
  await pair.close();
  // each move is matched with the first frame drawn after it
  return spread(
    moves
      .map((moved) => (drawn.find((time) => time >= moved) ?? Number.NaN) - moved)
      .filter((delay) => Number.isFinite(delay)),
  );
}

/** Notes the end of the frame after each change of an SVG in the shadow trees of the kit. */
function watchOverlay(): void {
  const drawn: number[] = [];
  Object.assign(window, { drawn });
  const seen = new WeakSet<Node>();
  const observer = new MutationObserver((records) => {
    if (records.some(({ target }) => target instanceof SVGElement))
      requestAnimationFrame(() => drawn.push(performance.timeOrigin + performance.now()));
    visit(document);
  });
  const visit = (root: Document | ShadowRoot) => {
    for (const element of root.querySelectorAll('*')) {
      if (!element.shadowRoot || seen.has(element.shadowRoot)) continue;
      seen.add(element.shadowRoot);
      observer.observe(element.shadowRoot, { subtree: true, childList: true, attributes: true });
      visit(element.shadowRoot);
    }
  };
  visit(document);
}
