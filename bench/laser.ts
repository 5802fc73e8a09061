import type { Page } from '@playwright/test';
import { dispatch, kitPair } from './pair.js';
import type { Rig } from './rig.js';
import { spread, type Spread } from './statistics.js';

const moves = 120;
const betweenMoves = 40;

/** A place on the consumer's page, CSS pixels, and when the pointer was there or the dot was drawn there. */
interface Seen {
  x: number;
  y: number;
  time: number;
}

/**
 * The agent moves the laser; the consumer's page notes when the frame is done in which the dot stands at each place. They
 * are matched by place: the trail fades in every frame, so a frame that draws something need not show the last move.
 */
export async function measureLaser(rig: Rig): Promise<Spread> {
  const pair = await kitPair(rig);
  const { consumer, agent } = pair;
  await dispatch(agent, { type: 'set-tool', tool: 'laser' });
  const box = await agent.evaluate(() => window.mirrorFrame()!.getBoundingClientRect().toJSON() as DOMRect);
  const at = (i: number, step: number) => 0.1 + (((i * step) % moves) / moves) * 0.8;
  const move = (i: number) => agent.mouse.move(box.x + at(i, 7) * box.width, box.y + at(i, 11) * box.height);
  // what draws is loaded with the first ink, and the pen with the tool
  for (let i = 0; !(await consumer.evaluate(watchDot)); i = (i + 1) % moves) await move(i);
  await agent.evaluate(watchPointer);
  for (let i = 0; i < moves; i++) {
    await move(i);
    await agent.waitForTimeout(betweenMoves);
  }
  const [pointer, dot] = await Promise.all([agent, consumer].map(readSeen));
  await pair.close();
  return spread(pointer!.map((moved) => delayOf(moved, dot!)).filter(Number.isFinite));
}

/** NaN when the place was passed over: a message holds the pointer's places of one frame, the dot shows the last. */
function delayOf(moved: Seen, dot: readonly Seen[]): number {
  const isThere = (seen: Seen) => Math.hypot(seen.x - moved.x, seen.y - moved.y) < 1;
  const drawn = dot.find((seen) => seen.time >= moved.time && isThere(seen));
  return drawn ? drawn.time - moved.time : Number.NaN;
}

function readSeen(page: Page): Promise<Seen[]> {
  return page.evaluate(() => (window as unknown as { seen: Seen[] }).seen);
}

/** In the agent's page: notes the pointer in pixels of the consumer's page. */
function watchPointer(): void {
  const seen: Seen[] = [];
  Object.assign(window, { seen });
  window.addEventListener(
    'pointermove',
    ({ clientX, clientY, timeStamp }) => {
      const frame = window.mirrorFrame()!;
      const { left, top, width } = frame.getBoundingClientRect();
      const scale = Number(frame.width) / width;
      const [x, y] = [(clientX - left) * scale, (clientY - top) * scale];
      seen.push({ x, y, time: performance.timeOrigin + timeStamp });
    },
    { capture: true },
  );
}

/** In the consumer's page: false until there is a dot. From then on notes where it is, when its frame is done. */
function watchDot(): boolean {
  const find = (root: Document | ShadowRoot): Element | null => {
    const dot = root.querySelector('[part~="laser-dot"]');
    if (dot) return dot;
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const found = shadowRoot && find(shadowRoot);
      if (found) return found;
    }
    return null;
  };
  const spot = find(document)?.parentElement;
  if (!spot) return false;
  const seen: Seen[] = [];
  Object.assign(window, { seen });
  const done = new MessageChannel();
  const drawn: { x: number; y: number }[] = [];
  // a task after the frame's own
  done.port1.onmessage = () =>
    seen.push(...drawn.splice(0).map((place) => ({ ...place, time: performance.timeOrigin + performance.now() })));
  new MutationObserver(() => {
    const [x, y] = (spot.getAttribute('transform')?.match(/-?[\d.]+/g) ?? []).map(Number);
    drawn.push({ x: x!, y: y! });
    done.port2.postMessage(null);
  }).observe(spot, { attributeFilter: ['transform'] });
  return true;
}
