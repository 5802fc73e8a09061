import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import './cobrowse-agent-view.js';
import './cobrowse-consent.js';
import './cobrowse-join.js';
import './cobrowse-session.js';
import './cobrowse-toolbar.js';
import { answer, ask, openDesk, share, type Desk } from './internal/testing/desk.js';
import { createSession } from './session/create-session.js';
import { internalsOf } from './session/internals.js';
import { whenState } from './testing.js';

interface Declaration {
  tagName?: string;
  summary?: string;
  cssParts?: { name: string }[];
  slots?: { name: string }[];
  cssProperties?: { name: string }[];
}

/** What a tag has had so far, over all states it went through. */
interface Seen {
  parts: Set<string>;
  slots: Set<string>;
  styles: string;
}

/** Not there yet: recording, and the pictures of other tabs. */
const later = ['recording-note', 'elsewhere', 'away'];
/** Pieces that come with another agent, with time, with the hand of an agent in control, or over what a page of its own hides. */
const moving = ['hand-over', 'countdown', 'more-time', 'after', 'hidden-area', 'agent-cursor', 'agent-name'];
/** Panels of states that need a clock, a slow or a lost connection: their own tests mount them. */
const unplayed = ['badge', 'expired', 'hidden', 'reconnecting', 'frozen'];
/** Of an agent in control, with a mirror. */
const controlled = ['control-hint', 'picker', 'toasts', 'toast', 'dialog'];
/** What an agent in control can't do by itself: the prompt's own tests mount it. */
const prompts = ['prompt', 'prompt-text', 'prompt-open', 'prompt-dismiss', 'prompt-ring'];
/** A finger of a person on a phone. */
const touched = ['touch'];
const excused = new Set([...later, ...moving, ...touched, ...unplayed, ...controlled, ...prompts]);

const response = await fetch('/dist/custom-elements.json');
const manifest = (await response.json()) as { modules: { declarations?: Declaration[] }[] };
const declarations = manifest.modules.flatMap((module) => module.declarations ?? []).filter((entry) => entry.tagName);

describe('the manifest', () => {
  const seen = new Map<string, Seen>();
  let desk: Desk;

  before(async function () {
    this.timeout(60_000);
    desk = await openDesk(
      html`<cobrowse-toolbar><button slot="start" data-cobrowse-action="request">Ask</button></cobrowse-toolbar
        ><cobrowse-agent-view style="height: 500px"></cobrowse-agent-view>`,
    );
    await fixture(
      html`<cobrowse-session .store=${desk.pair.consumer} company="Example" policy-url="/policy"
        ><cobrowse-consent></cobrowse-consent><cobrowse-join></cobrowse-join
      ></cobrowse-session>`,
    );
    await playAllStates(desk, () => look(seen));
  });
  after(() => desk.destroy());

  it('has every tag', () => {
    expect(declarations.map((entry) => entry.tagName).sort()).to.deep.equal([
      'cobrowse-agent-view',
      'cobrowse-consent',
      'cobrowse-join',
      'cobrowse-session',
      'cobrowse-toolbar',
    ]);
  });

  for (const { tagName, summary, cssParts = [], slots = [], cssProperties = [] } of declarations) {
    it(`${tagName}: its sentence, parts, slots and CSS properties are there`, () => {
      const has = seen.get(tagName!)!;
      const missing = [
        ...cssParts.filter(({ name }) => !has.parts.has(name) && !excused.has(name)).map(({ name }) => `part ${name}`),
        ...slots.filter(({ name }) => !has.slots.has(name) && !excused.has(name)).map(({ name }) => `slot ${name}`),
        ...cssProperties.filter(({ name }) => !has.styles.includes(name)).map(({ name }) => `property ${name}`),
      ];
      expect(summary, tagName).to.be.a('string');
      expect(missing).to.deep.equal([]);
    });
  }
});

async function playAllStates({ pair }: Desk, lookNow: () => Promise<void>): Promise<void> {
  const { agent, consumer } = pair;
  await lookNow();
  await ask(pair);
  await shown('cobrowse-consent', 'allow');
  await lookNow();
  await answerPending(pair, 'deny');
  await lookNow();
  await answer(pair, 'allow');
  await lookNow();
  agent.dispatch({ type: 'view' });
  await whenState(consumer, ({ status }) => status === 'active');
  await whenState(agent, ({ status, page }) => status === 'active' && page !== null);
  await lookNow();
  await drawSomething(pair);
  await lookNow();
  await playControl(pair, lookNow);
  await playFullDevice(pair, lookNow);
  for (const phase of ['loading', 'live', 'frozen', 'failed'] as const) {
    internalsOf(agent)!.setViewPhase(phase);
    await lookNow();
  }
  // the view may have said something else meanwhile: it looks for a picture
  await waitUntil(
    () => {
      internalsOf(agent)!.setViewPhase('failed');
      return document.querySelector('cobrowse-agent-view')!.shadowRoot!.querySelector('slot[name="failed"]');
    },
    'cobrowse-agent-view shows that it failed',
    { timeout: 10_000 },
  );
  await lookNow();
  const observer = createSession(pair.optionsFor({ sub: 'observer-1', name: 'Olga', role: 'observer' }));
  await whenState(consumer, ({ participants }) => participants.length === 3);
  await lookNow();
  observer.destroy();
  consumer.dispatch({ type: 'pause' });
  await whenState(agent, ({ status }) => status === 'paused');
  await lookNow();
  consumer.dispatch({ type: 'end' });
  await whenState(agent, ({ status }) => status === 'ended');
  await lookNow();
  await share(pair);
  await lookNow();
}

async function playControl(pair: Desk['pair'], lookNow: () => Promise<void>): Promise<void> {
  const { agent, consumer } = pair;
  agent.dispatch({ type: 'request', mode: 'remote-control' });
  await whenState(consumer, ({ request }) => request !== null);
  await answerPending(pair, 'allow');
  await whenState(agent, ({ mode }) => mode === 'remote-control');
  await shown('cobrowse-consent', 'frame-label');
  (await shown('cobrowse-toolbar', 'address')).click();
  await shown('cobrowse-toolbar', 'address-field');
  await lookNow();
  agent.dispatch({ type: 'step-down' });
  await whenState(consumer, ({ mode }) => mode === 'screen-share');
}

async function playFullDevice({ agent, consumer }: Desk['pair'], lookNow: () => Promise<void>): Promise<void> {
  agent.dispatch({ type: 'request', mode: 'full-device' });
  await whenState(consumer, ({ request }) => request !== null);
  await answerPending({ agent, consumer }, 'allow');
  await whenState(agent, ({ mode }) => mode === 'full-device');
  // nobody has clicked, so the browser doesn't let the page ask what to show
  await shown('cobrowse-consent', 'choose');
  await lookNow();
  agent.dispatch({ type: 'step-down' });
  await whenState(consumer, ({ mode }) => mode === 'screen-share');
}

/** What shows it may have to be loaded first. */
async function shown(tagName: string, part: string): Promise<HTMLElement> {
  const find = () => document.querySelector(tagName)?.shadowRoot?.querySelector<HTMLElement>(`[part~="${part}"]`);
  await waitUntil(find, `${tagName} shows ${part}`, { timeout: 10_000 });
  return find()!;
}

async function answerPending(
  { consumer, agent }: Pick<Desk['pair'], 'agent' | 'consumer'>,
  decision: 'allow' | 'deny',
): Promise<void> {
  consumer.dispatch({ type: 'answer', requestId: consumer.getState().request!.id, decision });
  await whenState(agent, ({ request }) => request === null);
}

async function drawSomething({ agent, consumer }: Desk['pair']): Promise<void> {
  agent.dispatch({
    type: 'annotate',
    stroke: {
      tool: 'pencil',
      color: '#d6336c',
      width: 4,
      page: consumer.getState().page!.id,
      anchor: { node: 1, x: 0.5, y: 0.5 },
      points: [0, 0, 0.5, 9, 9, 0.5],
    },
  });
  await whenState(consumer, ({ annotations }) => annotations.length === 1);
}

/** Waits until the tags have rendered what they lazily load, and notes what is there. */
async function look(seen: Map<string, Seen>): Promise<void> {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  for (const { tagName } of declarations) {
    for (const element of document.querySelectorAll(tagName!)) note(element, tagName!, seen);
  }
}

function note(element: Element, tagName: string, seen: Map<string, Seen>): void {
  const has = seen.get(tagName) ?? { parts: new Set(), slots: new Set(), styles: '' };
  seen.set(tagName, has);
  const root = element.shadowRoot;
  if (!root) return;
  for (const part of root.querySelectorAll('[part]'))
    for (const name of part.getAttribute('part')!.split(/\s+/)) has.parts.add(name);
  for (const slot of root.querySelectorAll('slot')) has.slots.add(slot.name);
  const sheets = [...root.adoptedStyleSheets, ...root.styleSheets];
  has.styles += sheets.map((sheet) => [...sheet.cssRules].map((rule) => rule.cssText).join()).join();
}
