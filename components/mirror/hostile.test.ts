import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { FRAME_FLAGS } from '../../protocol/index.js';
import { BatchEncoder } from './encoder.js';
import { createPlayer } from './player.js';
import { channelPair } from './testing/channel-pair.js';
import { until } from './testing/mirrored-page.js';
import type { Player, PlayerOptions } from './types.js';

let player: Player;
let container: HTMLElement;
let encoder: BatchEncoder;
let seq: number;
let epoch = 0;
let channel: ReturnType<typeof channelPair>;
let phases: string[];
let requests: string[];
const attack = window as unknown as { attacked?: boolean };

const send = (events: unknown[], first = false) => {
  if (first) [encoder, seq, epoch] = [new BatchEncoder(), 0, epoch + 1];
  const flags = first ? FRAME_FLAGS.snapshot : 0;
  channel.consumer.send({ kind: 'events', flags, epoch, seq: seq++, payload: encoder.encode(events) });
};
const element = (id: number, tagName: string, attributes = {}, childNodes: unknown[] = []) => ({
  ...{ type: 2, id, tagName, attributes, childNodes },
});
const snapshot = (children: unknown[], head: unknown[] = []) => [
  { type: 4, data: { href: 'javascript:attacked=true', width: 800, height: 600 } },
  {
    type: 2,
    data: {
      node: {
        ...{ type: 0, id: 1 },
        childNodes: [
          { type: 1, id: 2, name: 'html', publicId: '', systemId: '' },
          element(3, 'html', {}, [element(4, 'head', {}, head), element(5, 'body', {}, children)]),
        ],
      },
      initialOffset: { left: 0, top: 0 },
    },
  },
];
const change = (data: object) => ({
  type: 3,
  data: { source: 0, adds: [], removes: [], texts: [], attributes: [], ...data },
});
const html = () => player.frame!.contentDocument!.documentElement.outerHTML;

function start(options: Partial<PlayerOptions> = {}): void {
  channel = channelPair();
  container = document.createElement('div');
  document.body.append(container);
  phases = [];
  requests = [];
  player = createPlayer({
    container,
    mirror: channel.agent,
    onPhase: (phase) => phases.push(phase),
    onSize: () => undefined,
    onChange: () => undefined,
    onPointer: () => undefined,
    requestEpoch: (reason) => requests.push(reason),
    ...options,
  });
}

beforeEach(() => start());
afterEach(() => {
  player.destroy();
  container.remove();
  delete attack.attacked;
});

const ATTRIBUTES: Record<string, string> = {
  onclick: 'parent.attacked=true',
  onERROR: 'parent.attacked=true',
  onfocusin: 'parent.attacked=true',
  href: 'javascript:parent.attacked=true',
  'xlink:href': ' java\nscript:parent.attacked=true',
  src: 'javascript:parent.attacked=true',
  srcdoc: '<script>parent.parent.attacked=true</script>',
  action: 'javascript:parent.attacked=true',
  formaction: '\u0001javascript:parent.attacked=true',
  data: 'data:text/html,<script>parent.attacked=true</script>',
  background: 'vbscript:x',
  'http-equiv': 'refresh',
  content: '0;url=https://elsewhere.invalid/',
  sandbox: 'allow-scripts',
  autofocus: '',
  rr_src: 'https://elsewhere.invalid/',
  rr_dataURL: 'javascript:parent.attacked=true',
};
const TAGS = [
  'a',
  'img',
  'iframe',
  'object',
  'embed',
  'script',
  'meta',
  'base',
  'link',
  'form',
  'button',
  'input',
  'body',
  'svg',
  'use',
  'video',
  'frame',
  'area',
];
const DANGEROUS =
  /\son\w+=|script:|srcdoc|http-equiv|elsewhere|sandbox|autofocus|<script|<object|<embed|<base [^>]|\saction=/i;

describe('a hostile stream', () => {
  it('has no dangerous attribute or element in a snapshot', async () => {
    const children = TAGS.map((tag, i) => element(10 + i, tag, ATTRIBUTES, [element(100 + i, 'b')]));
    send(
      snapshot(children, [
        element(200, 'base', { href: 'https://elsewhere.invalid/' }),
        element(201, 'meta', ATTRIBUTES),
      ]),
      true,
    );
    await until(() => phases.includes('live'));
    expect(html()).not.to.match(DANGEROUS);
    expect(player.frame!.getAttribute('sandbox')).to.equal('allow-same-origin');
  });

  it('has none in added elements and in changed attributes', async () => {
    send(snapshot(TAGS.map((tag, i) => element(10 + i, tag))), true);
    const adds = TAGS.map((tag, i) => ({ parentId: 5, nextId: null, node: element(50 + i, tag, ATTRIBUTES) }));
    const attributes = [...TAGS.keys()].map((i) => ({ id: 10 + i, attributes: ATTRIBUTES }));
    send([change({ adds, attributes }), change({ adds: [{ parentId: 5, nextId: null, node: element(99, 'i') }] })]);
    await until(() => player.nodeOf(99));
    expect(html()).not.to.match(DANGEROUS);
  });

  it('runs nothing and goes nowhere', async () => {
    const code = 'parent.attacked = top.attacked = true';
    send(
      snapshot([
        element(10, 'img', { src: 'data:image/png;base64,x', onerror: code }),
        element(11, 'svg', { onload: code }),
        {
          ...element(12, 'a', { 'xlink:href': '#' }, [
            { ...element(13, 'animate', { attributeName: 'href', values: `javascript:${code}` }), isSVG: true },
          ]),
          isSVG: true,
        },
        element(14, 'style', { _cssText: `b { background: url("javascript:${code}") }` }),
        element(15, 'iframe', { src: `javascript:${code}` }),
        element(16, 'a', { href: 'https://elsewhere.invalid/' }, [element(17, 'b')]),
      ]),
      true,
    );
    await until(() => phases.includes('live'));
    (player.nodeOf(16) as HTMLElement).click();
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(attack.attacked).to.equal(undefined);
    expect(player.nodeOf(17)!.isConnected).to.equal(true);
    expect(player.frame!.contentDocument!.body).to.equal(player.nodeOf(5));
  });

  it('can add nothing to its own children, or what finds no place, and does not hang', async () => {
    send(snapshot([element(10, 'div')]), true);
    const add = (id: number, parentId: number, nextId: number | null = null, node = element(id, 'p')) => ({
      parentId,
      nextId,
      node,
    });
    const started = performance.now();
    send([
      change({
        adds: [
          add(20, 21),
          add(21, 20),
          add(22, 10, 23),
          add(23, 10, 22),
          add(24, 999),
          add(25, 10, 998),
          add(26, 5, null, { type: 0, id: 26, childNodes: [] } as never),
        ],
        removes: [
          { id: 997, parentId: 10 },
          { id: 10, parentId: 999 },
        ],
        texts: [
          { id: 5, value: 'x' },
          { id: 1, value: 'x' },
          { id: 996, value: 'x' },
        ],
      }),
      change({ adds: [add(30, 5)] }),
    ]);
    await until(() => player.nodeOf(30) ?? requests.length);
    expect(performance.now() - started).to.be.below(400);
    expect(player.nodeOf(20)).to.equal(null);
  });

  it('that inflates without end is stopped', async () => {
    send(snapshot([]), true);
    await until(() => phases.includes('live'));
    const bomb = new BatchEncoder();
    bomb.encode([]);
    encoder = bomb;
    channel.consumer.send({ kind: 'events', epoch, seq: seq++, payload: bomb.encode(['x'.repeat(70_000_000)]) });
    await until(() => requests.length, 'a request');
    expect(requests).to.deep.equal(['failed']);
  });

  it('of random events throws nothing and leaves the frame usable', async () => {
    const seed = Date.now() & 0x7fffffff;
    const id = fc.oneof(fc.integer({ min: -2, max: 12 }), fc.jsonValue());
    const node: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      node: fc.record(
        {
          type: fc.integer({ min: 0, max: 7 }),
          id,
          tagName: fc.constantFrom('p', 'iframe', 'html', 'style', 'dialog', 'textarea', 'select', 'x-y', ' '),
          attributes: fc.dictionary(
            fc.constantFrom('open', 'rr_open_mode', 'value', 'style', '__proto__', 'rr_width', '_cssText'),
            fc.jsonValue(),
          ),
          childNodes: fc.array(tie('node'), { maxLength: 3 }),
          textContent: fc.string(),
          isShadow: fc.boolean(),
          isShadowHost: fc.boolean(),
          isSVG: fc.boolean(),
          rootId: id,
        },
        { requiredKeys: ['type', 'id'] },
      ),
    })).node;
    const data = fc.record(
      {
        source: fc.integer({ min: 0, max: 17 }),
        id,
        adds: fc.array(fc.record({ parentId: id, nextId: id, node }), { maxLength: 4 }),
        removes: fc.array(fc.record({ id, parentId: id }), { maxLength: 2 }),
        texts: fc.array(fc.record({ id, value: fc.jsonValue() }), { maxLength: 2 }),
        attributes: fc.array(fc.record({ id, attributes: fc.jsonValue() }), { maxLength: 2 }),
        positions: fc.jsonValue(),
        ranges: fc.array(fc.record({ start: id, startOffset: id, end: id, endOffset: id })),
        styleIds: fc.array(id),
        styles: fc.jsonValue(),
        x: fc.jsonValue(),
        text: fc.jsonValue(),
        isAttachIframe: fc.boolean(),
      },
      { requiredKeys: ['source'] },
    );
    const event = fc.oneof(
      fc.record({ type: fc.constant(3), data }),
      fc.record({ type: fc.constant(2), data: fc.record({ node, initialOffset: fc.jsonValue() }) }),
      fc.jsonValue(),
    );
    const thrown: unknown[] = [];
    const onError = (error: ErrorEvent) => thrown.push(error.error);
    addEventListener('error', onError);
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
        send(snapshot([element(10, 'div'), element(11, 'iframe')]), true);
        send(events);
        await new Promise((resolve) => setTimeout(resolve));
      }),
      { seed, numRuns: 150 },
    );
    removeEventListener('error', onError);
    expect(thrown, `seed ${seed}`).to.deep.equal([]);
    send(snapshot([element(10, 'h1')]), true);
    await until(() => (player.nodeOf(10) as Element | null)?.localName === 'h1');
    expect(attack.attacked).to.equal(undefined);
  });

  it('is asked for an epoch again with growing pauses, not in a loop', async () => {
    for (let i = 0; i < 20; i += 1) {
      send([{ type: 2, data: {} }], true);
      channel.consumer.send({ kind: 'events', epoch, seq: 7, payload: new Uint8Array([1]) });
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(requests).to.have.length(1);
  });
});

describe('a frame that cannot be used', () => {
  it('is named: a page that is not there for the desk', async () => {
    player.destroy();
    const errors: string[] = [];
    start({ frameUrl: 'data:text/html,x', onPhase: (phase, error) => errors.push(`${phase} ${error?.code ?? ''}`) });
    await until(() => errors.length);
    expect(errors).to.deep.equal(['failed frame-blocked']);
  });

  it('is built anew when it was moved', async () => {
    send(snapshot([element(10, 'h1')]), true);
    await until(() => phases.includes('live'));
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    elsewhere.append(container);
    await until(() => requests.length, 'a request');
    send(snapshot([element(10, 'h2')]), true);
    await until(() => player.frame!.contentDocument?.querySelector('h2'));
    elsewhere.remove();
  });
});
