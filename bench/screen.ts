import type { Browser, Page } from '@playwright/test';
import { startDisplay } from '../e2e/support/display.js';
import { startRealBrowser } from '../e2e/support/real-browser.js';
import { allowForReal, askFullDevice, shareForReal } from '../e2e/support/real-sides.js';
import { createStage } from '../e2e/support/stage.js';
import { reach } from '../e2e/support/sides.js';
import { round, spread, type Spread } from './statistics.js';

const seconds = 20;
const rounds = 5;

/** Full device: a real screen of 1920 x 1080, captured, sent through the server and drawn in another browser. */
export interface Screen {
  /** A change on the screen -> drawn at the agent, milliseconds. */
  latency: Spread;
  /** Another site's tab that moves comes to the front -> its first picture is drawn. */
  toScreen: Spread;
  /** The same with one that stands still. */
  toStill: Spread;
  /** The site's own tab comes back -> the mirror is shown. */
  toMirror: Spread;
  picturesPerSecond: number;
  /** Of text that is typed and scrolled, with all that a frame carries. */
  megabitsPerSecond: number;
}

/** Types, scrolls, and shows in a corner one color after the other, with the time of each. */
const textWork = `<!doctype html><title>Work</title><body style="margin:0;font:16px/24px sans-serif">
<div id="mark" style="position:fixed;left:0;bottom:0;width:120px;height:120px"></div>
<div id="text" style="height:100vh;overflow:auto;padding:0 160px"></div><script>
const words = 'the quick brown fox jumps over a lazy dog while it rains in the north'.split(' ');
const text = document.querySelector('#text');
for (let i = 0; i < 400; i++) text.append(Object.assign(document.createElement('p'), { textContent: Array.from({ length: 24 }, (_, j) => words[(i * 7 + j * j) % words.length]).join(' ') }));
const line = text.children[3];
let step = 0;
setInterval(() => { line.append(words[step % words.length].slice(0, 1 + step % 3)); step++; if (step % 12 === 0) text.scrollTop += 24; }, 100);
window.changes = [];
let count = 0;
setInterval(() => requestAnimationFrame(() => {
  const red = 40 + (count * 40) % 200, green = 40 + (count++ * 72) % 200;
  document.querySelector('#mark').style.background = 'rgb(' + red + ',' + green + ',128)';
  window.changes.push([red, green, Date.now()]);
}), 700);
</script>`;

interface Drawn {
  color: [number, number];
  at: number;
}
interface AgentNotes {
  drawn: Drawn[];
  bytes: number;
}

function takeNotes(): void {
  const notes: AgentNotes = { drawn: [], bytes: 0 };
  Object.assign(window, { notes });
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...given: unknown[]) {
    Reflect.apply(draw, this, given);
    const [red = 0, green = 0] = this.getImageData(60, this.canvas.height - 60, 1, 1).data;
    notes.drawn.push({ color: [red, green], at: Date.now() });
  };
  const Original = WebSocket;
  window.WebSocket = class extends Original {
    constructor(...given: ConstructorParameters<typeof WebSocket>) {
      super(...given);
      this.addEventListener(
        'message',
        ({ data }) => (notes.bytes += data instanceof ArrayBuffer ? data.byteLength : 0),
      );
    }
  };
}

const notesOf = (agent: Page) => agent.evaluate(() => (window as unknown as { notes: AgentNotes }).notes);
const source = (agent: Page) =>
  agent.evaluate(
    () =>
      document.querySelector('cobrowse-agent-view')!.shadowRoot!.querySelector<HTMLElement>('.base')!.dataset['source'],
  );

export async function measureScreen(desk: Browser): Promise<Screen> {
  const display = await startDisplay(1920, 1080);
  const person = await startRealBrowser(display, ['--auto-select-desktop-capture-source=Entire screen']);
  const stage = await createStage();
  try {
    const [consumerUrl, agentUrl] = await Promise.all([stage.consumerPage(), stage.agentPage()]);
    const sides = await shareForReal(desk, person, { consumerUrl, agentUrl, initAgent: takeNotes });
    const { consumer, agent } = sides;
    await askFullDevice(sides);
    await allowForReal(consumer);
    await reach(agent, { mode: 'full-device' });
    const other = await person.open(`data:text/html,${encodeURIComponent(textWork)}`);
    await until(async () => (await source(agent)) === 'screen');
    const still = await person.open('data:text/html,<title>Still</title>Nothing moves');
    const [toScreen, toStill, toMirror]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < rounds * 2; i++) {
      let at = Date.now();
      await consumer.show();
      await until(async () => (await source(agent)) === 'mirror');
      toMirror.push(Date.now() - at);
      // what was on its way is no first picture
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { drawn } = await notesOf(agent);
      at = Date.now();
      await (i % 2 ? still : other).show();
      await until(async () => (await notesOf(agent)).drawn.length > drawn.length);
      (i % 2 ? toStill : toScreen).push((await notesOf(agent)).drawn[drawn.length]!.at - at);
    }
    await other.show();
    const before = await notesOf(agent);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const after = await notesOf(agent);
    const changes = await other.evaluate<[number, number, number][]>('window.changes');
    const drawn = after.drawn.slice(before.drawn.length);
    await sides.close();
    return {
      latency: spread(latencies(changes, drawn)),
      toScreen: spread(toScreen),
      toStill: spread(toStill),
      toMirror: spread(toMirror),
      picturesPerSecond: round(drawn.length / seconds),
      megabitsPerSecond: round(((after.bytes - before.bytes) * 8) / seconds / 1e6, 2),
    };
  } finally {
    await person.close();
    await stage.close();
    await display.close();
  }
}

/** Each change with the first picture after it that has its color. */
function latencies(changes: readonly [number, number, number][], drawn: readonly Drawn[]): number[] {
  const isLike = (a: number, b: number) => Math.abs(a - b) < 14;
  return changes.flatMap(([red, green, at]) => {
    const seen = drawn.find(
      (one) => one.at >= at && one.at < at + 700 && isLike(one.color[0], red) && isLike(one.color[1], green),
    );
    return seen ? [seen.at - at] : [];
  });
}

async function until(check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await check())) if (Date.now() > end) throw new Error('the picture never came');
}
