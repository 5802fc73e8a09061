/**
 * The performer behind the contract of the input oracle (`install`, `reset`, `perform`), so that the oracle's runner can
 * score it: `node run.mjs --engine <this file>` in a copy of the oracle. The runner brings its own policy and selectors.
 */
import { createEngine, rememberClosedRoots } from '../components/control/engine/engine.js';
import { closedRoots, flatParent, innerDocument, type Realm } from '../components/control/engine/dom.js';
import type { Act, Engine, Outcome, Step } from '../components/control/engine/types.js';
import type { RefusalCode } from '../protocol/index.js';

interface Policy {
  block?: string;
  mask?: string;
  noControl?: string;
}
interface Context {
  target?: Element | null;
  policy?: Policy | null;
}
interface Primitive {
  t: 'move' | 'down' | 'up' | 'wheel' | 'kd' | 'ku' | 'text' | 'paste' | 'choose' | 'set' | 'touch';
  x: number;
  y: number;
  dx: number;
  dy: number;
  button: 0 | 1 | 2;
  clicks: number;
  key: string;
  code: string;
  keyCode: number;
  location: number;
  repeat: boolean;
  text: string;
  ime?: boolean;
  sel: string;
  values: string[];
  value: string;
  phase: 'start' | 'move' | 'end';
  mods: { ctrl: boolean; shift: boolean; alt: boolean; meta: boolean };
}

let engine: Engine | undefined;
let policy: Policy | null = null;
let isTouch = false;
let late: { refused: string } | undefined;

export function install(window: Window): void {
  rememberClosedRoots(window as Realm);
}

export function reset(): void {
  engine?.stop();
  engine = undefined;
}

export async function perform(primitive: Primitive, context: Context): Promise<unknown> {
  policy = context.policy ?? null;
  isTouch = primitive.t === 'touch';
  late = undefined;
  engine ??= start();
  const step = stepOf(primitive);
  return step ? answer(await engine.perform(step)) : undefined;
}

function start(): Engine {
  const created = createEngine(window, {
    verdict,
    isOwn: () => false,
    onNeed: ({ what }) => {
      late = { refused: what === 'file' ? 'file' : 'activation' };
    },
    onDialog: () => undefined,
    onCopy: () => undefined,
    isTouch: () => isTouch,
  });
  created.start();
  return created;
}

function verdict(element: Element, act: Act): RefusalCode | null {
  if (!policy || act === 'focus') return null;
  const { block, mask, noControl } = policy;
  for (let current: Element | null = element; current; current = flatParent(current)) {
    if (block && current.matches(block)) return 'blocked';
    if (noControl && current.matches(noControl)) return 'blocked';
    if (mask && current.matches(mask)) return act === 'press' ? null : 'masked';
  }
  return null;
}

function stepOf(primitive: Primitive): Step | undefined {
  const { t, x, y, mods, dx, dy, button, clicks } = primitive;
  switch (t) {
    case 'move':
      return { t, x, y, mods };
    case 'down':
    case 'up':
      return { t, x, y, mods, button, clicks };
    case 'touch':
      if (primitive.phase === 'move') return { t: 'move', x, y, mods };
      return { t: primitive.phase === 'start' ? 'down' : 'up', x, y, mods, button: 0, clicks: 1 };
    case 'wheel':
      return { t, x, y, dx, dy, mods };
    case 'kd':
    case 'ku': {
      const { key, code, keyCode, location, repeat } = primitive;
      return { t: t === 'kd' ? 'keydown' : 'keyup', key, code, keyCode, location, repeat, mods };
    }
    case 'text':
      return { t, text: primitive.text, ime: primitive.ime === true };
    case 'paste':
      return { t, text: primitive.text };
    case 'choose': {
      const select = find(primitive.sel) as HTMLSelectElement | null;
      const options = [...(select?.options ?? [])].filter(({ value }) => primitive.values.includes(value));
      return select ? { t, element: select, options } : undefined;
    }
    case 'set': {
      const element = find(primitive.sel);
      return element ? { t, element, value: primitive.value } : undefined;
    }
  }
}

function find(selector: string): Element | null {
  let root: ParentNode = document;
  let found: Element | null = null;
  for (const part of selector.split('>>')) {
    found = root.querySelector(part.trim());
    if (!found) return null;
    root = found.shadowRoot ?? closedRoots.get(found) ?? innerDocument(found) ?? found;
  }
  return found;
}

function answer(outcome: Outcome): unknown {
  if (outcome.status === 'refused') {
    const { code, what } = outcome;
    return { refused: code === 'needs-consumer' ? (what === 'file' ? 'file' : 'activation') : code };
  }
  if (outcome.status === 'picker') {
    const isList = outcome.element.localName === 'select';
    return isList ? { needs: 'select' } : { refused: 'picker' };
  }
  return late;
}
