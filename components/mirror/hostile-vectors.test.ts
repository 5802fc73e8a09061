import { expect } from '@open-wc/testing';
import { FRAME_FLAGS } from '../../protocol/index.js';
import { BatchEncoder } from './encoder.js';
import { createPlayer } from './player.js';
import { channelPair } from './testing/channel-pair.js';
import { ATTACK, VECTORS, type Vector } from './testing/hostile-vectors.js';
import { until } from './testing/mirrored-page.js';
import type { Player } from './types.js';

/** An agent's real player, and a hand that writes whatever it likes to it. */
class Attack {
  readonly #channel = channelPair();
  readonly #container = document.createElement('div');
  readonly player: Player;
  /** Why the player has asked for the page anew: it could not go on. */
  readonly requests: string[] = [];
  #encoder = new BatchEncoder();
  #epoch = 0;
  #seq = 0;

  constructor() {
    document.body.append(this.#container);
    this.player = createPlayer({
      container: this.#container,
      mirror: this.#channel.agent,
      onPhase: () => undefined,
      onSize: () => undefined,
      onChange: () => undefined,
      onPointer: () => undefined,
      requestEpoch: (reason) => this.requests.push(reason),
    });
  }

  get window(): Window {
    return this.player.frame!.contentWindow!;
  }

  show(children: unknown[]): void {
    [this.#encoder, this.#seq] = [new BatchEncoder(), 0];
    this.#epoch++;
    const html = element(3, 'html', [element(4, 'head'), element(5, 'body', children)]);
    this.#send(FRAME_FLAGS.snapshot, [
      { type: 4, data: { width: 800, height: 600 } },
      { type: 2, data: { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { left: 0, top: 0 } } },
    ]);
  }

  change(data: object): void {
    this.#send(0, [{ type: 3, data: { source: 0, adds: [], removes: [], texts: [], attributes: [], ...data } }]);
  }

  #send(flags: number, events: unknown[]): void {
    const payload = this.#encoder.encode(events);
    this.#channel.consumer.send({ kind: 'events', flags, epoch: this.#epoch, seq: this.#seq++, payload });
  }

  /** A good page after all: the desk goes on. */
  async proves(): Promise<void> {
    this.show([element(10, 'p', [{ type: 3, id: 11, textContent: 'well' }])]);
    await until(() => this.player.nodeOf(11)?.textContent === 'well', 'the next page is shown');
  }

  stop(): void {
    this.player.destroy();
    this.#container.remove();
  }
}

const element = (id: number, tagName: string, childNodes: unknown[] = [], attributes = {}) => ({
  ...{ type: 2, id, tagName, attributes, childNodes },
});
const inside = (id: number, text?: string, field?: object) =>
  field ? [element(id, 'input', [], field)] : text ? [{ type: 3, id, textContent: text }] : [];
/** In the id's own hundred: the vector, and what is in it. */
const nodeOf = ({ tag, attributes, isSvg, text, field }: Vector, at: number) => ({
  ...element(100 + at * 2, tag, inside(101 + at * 2, text, field), attributes),
  ...(isSvg ? { isSVG: true } : {}),
});

const flag = window as unknown as { attacked?: boolean };
const address = location.href;
/** Documents, scripts and other requests that no picture and no style needs. */
const asked = (view: Window) =>
  [view, window].flatMap((one) =>
    (one.performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(
        ({ name, initiatorType }) =>
          /hostile-canary/.test(name) && !/^(?:img|image|input|css|video)$/.test(initiatorType),
      )
      .map(({ name, initiatorType }) => `${initiatorType} ${new URL(name).pathname}`),
  );

// names of a document or a form may be taken by what is in it
function allIn(root: Document): HTMLElement[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
  const found: HTMLElement[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as HTMLElement);
  return found;
}

const handlersIn = (root: Document) =>
  allIn(root).flatMap((one) => Element.prototype.getAttributeNames.call(one).filter((name) => /^\s*on/i.test(name)));

/** Everything that could wake one of them. */
function provoke(root: Document): void {
  for (const node of allIn(root)) {
    for (const type of ['load', 'error', 'focus', 'mouseover', 'click', 'toggle', 'submit', 'animationstart', 'begin'])
      EventTarget.prototype.dispatchEvent.call(node, new Event(type, { bubbles: true, cancelable: true }));
  }
}

describe('hostile vectors', () => {
  let attack: Attack;
  beforeEach(() => (attack = new Attack()));
  afterEach(() => {
    attack.stop();
    delete flag.attacked;
  });

  it('are more than 300, and each another one', () => {
    const written = VECTORS.map((vector) => JSON.stringify({ ...vector, name: undefined }));
    expect(new Set(written).size).to.equal(VECTORS.length);
    expect(new Set(VECTORS.map(({ name }) => name)).size).to.equal(VECTORS.length);
    expect(VECTORS.length).to.be.above(300);
  });

  it('would run where nothing stops them', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    frame.contentDocument!.body.innerHTML = `<img src="data:,x" onerror="${ATTACK}">`;
    await until(() => flag.attacked, 'the flag is set');
    frame.remove();
  });

  /** The frame as it was with the vectors' page, before they could do anything later. */
  const look = () => ({ document: attack.window.document, address: attack.window.location.href });

  async function expectHarmless(): Promise<void> {
    const view = attack.window;
    const before = look();
    expect(handlersIn(view.document), 'no handler').to.deep.equal([]);
    provoke(view.document);
    // what they would do is done in a task of its own
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(flag.attacked, 'nothing ran').to.equal(undefined);
    expect(location.href, 'the desk is where it was').to.equal(address);
    expect(view.document, 'the frame too').to.equal(before.document);
    expect(view.location.href).to.equal(before.address);
    for (let i = 0; i < view.length; i++) expect(view[i]!.location.href, 'frames inside too').to.equal('about:blank');
    expect(asked(view), 'nothing was asked for').to.deep.equal([]);
    expect(document.querySelectorAll('cobrowse-session')).to.have.length(0);
    expect(attack.requests, 'the player goes on').to.deep.equal([]);
    await attack.proves();
  }

  // each in a page with some others: one that breaks something else is seen too
  const size = 60;
  for (let from = 0; from < VECTORS.length; from += size) {
    const some = VECTORS.slice(from, from + size);
    const span = `${from} to ${from + some.length - 1}`;

    it(`do no harm in a snapshot: ${span}`, async () => {
      attack.show([...some.map(nodeOf), element(99, 'b')]);
      await until(() => attack.player.nodeOf(99), 'what comes after them is there');
      await expectHarmless();
    });

    it(`do no harm when they are added, and set: ${span}`, async () => {
      attack.show([element(99, 'b')]);
      await until(() => attack.player.nodeOf(99), 'the page is there');
      attack.change({ adds: some.map((vector, at) => ({ parentId: 5, nextId: null, node: nodeOf(vector, at) })) });
      attack.change({ attributes: some.map(({ attributes }, at) => ({ id: 100 + at * 2, attributes })) });
      attack.change({ texts: some.map(({ text = ATTACK }, at) => ({ id: 101 + at * 2, value: text })) });
      attack.change({ adds: [{ parentId: 5, nextId: null, node: element(98, 'i') }] });
      await until(() => attack.player.nodeOf(98), 'what comes after them is there');
      await expectHarmless();
    });
  }
});
