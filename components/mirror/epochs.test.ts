import { expect } from '@open-wc/testing';
import { FRAME_FLAGS } from '../../protocol/index.js';
import { mirroredPage, until, type MirroredPage, type Query } from './testing/mirrored-page.js';

let mirrored: MirroredPage;
const query: Query = (selector) => mirrored.page.querySelector(selector)!;

afterEach(() => {
  mirrored?.stop();
});

describe('epochs', () => {
  it('keep the ids of nodes, and shows the page without a blank frame', async () => {
    mirrored = await mirroredPage({ html: '<p>one</p><b>two</b>' });
    const ids = ['p', 'b'].map((selector) => mirrored.recorder.idOf(query(selector)));
    const { epoch } = mirrored.recorder;
    mirrored.recorder.startEpoch();
    await until(() => mirrored.phases.length === 2);
    expect(mirrored.recorder.epoch).to.be.above(epoch);
    expect(['p', 'b'].map((selector) => mirrored.recorder.idOf(query(selector)))).to.deep.equal(ids);
    expect(mirrored.twin(query('b')).textContent).to.equal('two');
    query('b').textContent = 'three';
    await until(() => mirrored.twin(query('b')).textContent === 'three');
  });

  it('tell in which frame a change leaves, and which one the mirror shows', async () => {
    mirrored = await mirroredPage({ html: '<p>0</p><b></b>' });
    const { recorder, player } = mirrored;
    const told: { epoch: number; seq: number; isText: boolean }[] = [];
    recorder.setTap((change, epoch, seq) => {
      told.push({ epoch, seq, isText: 'texts' in change });
      return 'texts' in change;
    });
    query('p').firstChild!.nodeValue = '1';
    await until(() => told.some(({ isText }) => isText));
    const change = told.find(({ isText }) => isText)!;
    expect(change.epoch).to.equal(recorder.epoch);
    await until(() => mirrored.twin(query('p')).textContent === '1');
    expect(player.seen).to.deep.equal({ epoch: change.epoch, seq: change.seq });
    let held = 0;
    recorder.setTap(() => {
      held += 1;
      return false;
    });
    query('p').firstChild!.nodeValue = '2';
    await until(() => held > 0);
    recorder.setTap(null);
    query('b').textContent = 'after';
    await until(() => mirrored.twin(query('b')).textContent === 'after');
    expect(mirrored.twin(query('p')).textContent).to.equal('1');
  });

  it('start anew when a frame is missing, once', async () => {
    mirrored = await mirroredPage({ html: '<p>0</p>' });
    let isDropped = false;
    mirrored.agent.onWay = (frame) => {
      const drops = !isDropped && frame.seq > 0;
      isDropped ||= drops;
      return drops ? undefined : frame;
    };
    for (let i = 1; i <= 3; i += 1) {
      query('p').textContent = String(i);
      const sent = mirrored.consumer.sent.length;
      await until(() => mirrored.consumer.sent.length > sent);
    }
    await until(() => mirrored.twin(query('p')).textContent === '3');
    expect(mirrored.requests).to.deep.equal(['gap']);
  });

  it('start anew when bytes are damaged, and say so', async () => {
    mirrored = await mirroredPage({ html: '<p>0</p>' });
    let isDamaged = false;
    mirrored.agent.onWay = (frame) => {
      if (isDamaged || frame.seq === 0) return frame;
      isDamaged = true;
      return { ...frame, payload: new Uint8Array(frame.payload.length).fill(0xff) };
    };
    query('p').textContent = '1';
    await until(() => mirrored.requests.length === 1);
    expect(mirrored.requests).to.deep.equal(['failed']);
    expect(mirrored.errors.map(({ code }) => code)).to.deep.equal(['mirror-failed']);
    await until(() => mirrored.phases.at(-1) === 'live');
    expect(mirrored.twin(query('p')).textContent).to.equal('1');
  });

  it('start anew when the channel is open again; nothing is kept meanwhile', async () => {
    mirrored = await mirroredPage({ html: '<p>0</p>' });
    mirrored.agent.open = mirrored.consumer.open = false;
    const sent = mirrored.consumer.sent.length;
    query('p').textContent = '1';
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(mirrored.consumer.sent.length).to.equal(sent);
    mirrored.agent.open = mirrored.consumer.open = true;
    await until(() => mirrored.twin(query('p')).textContent === '1');
    expect(mirrored.requests).to.be.empty;
  });

  it('wait until a slow network has caught up', async () => {
    mirrored = await mirroredPage({ html: '<p>0</p>' });
    const { epoch } = mirrored.recorder;
    mirrored.consumer.bufferedBytes = 50_000_000;
    const sent = mirrored.consumer.sent.length;
    query('p').textContent = '1';
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(mirrored.consumer.sent.length).to.equal(sent);
    mirrored.consumer.bufferedBytes = 0;
    await until(() => mirrored.recorder.epoch > epoch);
    await until(() => mirrored.twin(query('p')).textContent === '1');
  });

  it('cut large batches into frames', async () => {
    mirrored = await mirroredPage();
    const random = () => Math.random().toString(36).slice(2);
    const words = Array.from({ length: 300_000 }, random).join(' ');
    mirrored.page.append(words);
    await until(() => mirrored.twin(mirrored.page).textContent === words);
    const large = mirrored.consumer.sent.filter((bytes) => bytes[2]! & FRAME_FLAGS.more);
    expect(large).not.to.be.empty;
    expect(Math.max(...mirrored.consumer.sent.map(({ length }) => length))).to.be.at.most(1024 * 1024);
  });

  it('send a burst of changes as one frame, and the next one at once', async () => {
    mirrored = await mirroredPage({ html: '<p>0</p>' });
    const sent = mirrored.consumer.sent.length;
    for (let i = 1; i <= 100; i += 1) query('p').setAttribute('data-n', String(i));
    await until(() => mirrored.twin(query('p')).getAttribute('data-n') === '100');
    expect(mirrored.consumer.sent.length).to.equal(sent + 1);
  });

  it('send nothing while paused, and the page as it is afterwards', async () => {
    mirrored = await mirroredPage({ html: '<p>0</p>' });
    mirrored.recorder.pause();
    const sent = mirrored.consumer.sent.length;
    query('p').textContent = 'secret';
    mirrored.recorder.startEpoch();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(mirrored.consumer.sent.length).to.equal(sent);
    query('p').textContent = '1';
    mirrored.recorder.resume();
    await until(() => mirrored.twin(query('p')).textContent === '1');
    expect(await mirrored.leaked()).not.to.contain('secret');
  });

  it('end with the recorder, which leaves the page as it was', async () => {
    const before = [Element.prototype.attachShadow, CSSStyleSheet.prototype.insertRule];
    mirrored = await mirroredPage({ html: '<p>0</p>' });
    mirrored.recorder.stop();
    const sent = mirrored.consumer.sent.length;
    query('p').textContent = '1';
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(mirrored.consumer.sent.length).to.equal(sent);
    expect([Element.prototype.attachShadow, CSSStyleSheet.prototype.insertRule]).to.deep.equal(before);
  });
});

describe('a page with habits of its own', () => {
  it('gets the errors of its own wrong calls', async () => {
    mirrored = await mirroredPage({ html: '<style></style>' });
    const { sheet } = query<HTMLStyleElement>('style');
    expect(() => sheet!.insertRule(':::no {}')).to.throw(DOMException);
    expect(() => sheet!.deleteRule(7)).to.throw(DOMException);
    expect(mirrored.errors).to.be.empty;
  });

  it('may patch what JSON is made of', async () => {
    const patched = Array.prototype as { toJSON?: () => unknown };
    patched.toJSON = () => 'broken';
    try {
      mirrored = await mirroredPage({ html: '<p>0</p>' });
      query('p').textContent = '1';
      await until(() => mirrored.twin(query('p')).textContent === '1');
      expect(patched.toJSON).to.be.a('function');
    } finally {
      delete patched.toJSON;
    }
  });

  it('may break the functions that tell what is private: less is shown then, not more', async () => {
    const { matches } = Element.prototype;
    Element.prototype.matches = (() => {
      throw new Error('broken by the page');
    }) as unknown as typeof matches;
    try {
      mirrored = await mirroredPage({ html: '<p>not to be seen</p>' });
      expect(await mirrored.leaked()).not.to.contain('not to be seen');
    } finally {
      Element.prototype.matches = matches;
    }
  });
});
