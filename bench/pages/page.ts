/**
 * The page that is measured, the same for every recorder: a shop-like list of a given number of nodes, a probe that changes
 * on command, and a scripted minute of reading, typing and updates.
 */
const now = () => performance.timeOrigin + performance.now();
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface BenchPage {
  longTasks: number[];
  probe(kind: ProbeKind, times: number): Promise<void>;
  minute(seconds: number): Promise<void>;
}
type ProbeKind = 'text' | 'attribute' | 'insert';

declare global {
  interface Window {
    benchPage: BenchPage;
  }
}

const longTasks: number[] = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
  type: 'longtask',
});

build(Number(new URL(location.href).searchParams.get('nodes') ?? 6000));
window.benchPage = { longTasks, probe, minute };

/** Each card is 10 nodes with its texts. */
function build(nodes: number): void {
  const list = document.createElement('main');
  for (let i = 0; i < nodes / 10; i++) {
    const card = document.createElement('article');
    card.className = `card card-${i % 7}`;
    const title = document.createElement('h2');
    title.textContent = `Product ${i}`;
    const text = document.createElement('p');
    text.textContent = `A sturdy thing of wood and wool, number ${i}, made to last and easy to mend.`;
    const price = document.createElement('span');
    price.textContent = `${(i * 37) % 900}.00`;
    const button = document.createElement('button');
    button.textContent = 'Add to cart';
    card.append(title, text, price, button);
    list.append(card);
  }
  document.body.append(list);
}

/** Writes the time into the page; the viewer reads it when the change arrives. */
async function probe(kind: ProbeKind, times: number): Promise<void> {
  const target = document.querySelector('#probe')!;
  for (let i = 0; i < times; i++) {
    await pause(30 + ((i * 17) % 50));
    if (kind === 'attribute') target.setAttribute('data-t', `${now()}`);
    else if (kind === 'text') target.firstChild!.nodeValue = `${now()}`;
    else document.querySelector('#inserted')!.replaceChildren(...hundredNodes());
  }
}

function hundredNodes(): HTMLElement[] {
  const nodes = Array.from({ length: 50 }, (_, i) => {
    const row = document.createElement('div');
    row.textContent = `row ${i}`;
    return row;
  });
  nodes.at(-1)!.setAttribute('data-t', `${now()}`);
  return nodes;
}

/** A scripted minute: typing, scrolling, hovering, a small dashboard, a list that is filtered. */
async function minute(seconds: number): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('#search')!;
  const cards = [...document.querySelectorAll<HTMLElement>('article')];
  const end = performance.now() + seconds * 1000;
  for (let step = 0; performance.now() < end; step++) {
    await pause(100);
    if (step % 3 === 0) type(input, step);
    if (step % 5 === 0) window.scrollTo(0, (step * 53) % 4000);
    cards[(step * 13) % cards.length]!.classList.toggle('hovered');
    document.querySelector('#chart')!.replaceChildren(...bars(step));
    if (step % 40 === 20)
      for (const [i, card] of cards.entries()) if (i % 11 === step % 11 && i < 300) card.hidden = !card.hidden;
  }
}

function type(input: HTMLInputElement, step: number): void {
  const text = 'a warm blanket for a cold evening';
  input.value = text.slice(0, (step / 3) % text.length);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function bars(step: number): HTMLElement[] {
  return Array.from({ length: 12 }, (_, i) => {
    const bar = document.createElement('i');
    bar.style.height = `${20 + Math.round(60 * Math.abs(Math.sin(step / 5 + i)))}px`;
    return bar;
  });
}
