import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { LIMITS, readInkMessage, type InkMessage } from '../../protocol/index.js';
import { MovingInk, SILENCE_MILLISECONDS, TRAIL_MILLISECONDS, inkKey } from './moving-ink.js';
import { draft, laser } from './testing/ink-page.js';

const draftOf = (ink: MovingInk, author: string, id: string) => ink.drafts.get(inkKey(author, id));

describe('moving ink', () => {
  it('adds the pieces of a draft, and drops it by a cancel of the same author only', () => {
    const ink = new MovingInk(8);
    ink.receive('anna', draft('1', 1, [0, 0, 0.5]), 0);
    ink.receive('anna', draft('1', 1, [5, 0, 0.5]), 10);
    expect(draftOf(ink, 'anna', '1')?.points).to.deep.equal([0, 0, 0.5, 5, 0, 0.5]);
    ink.receive('omar', { type: 'cancel', id: '1' }, 20);
    expect(draftOf(ink, 'anna', '1')).to.not.equal(undefined);
    ink.receive('anna', { type: 'cancel', id: '1' }, 30);
    expect(draftOf(ink, 'anna', '1')).to.equal(undefined);
  });

  it('does not take late pieces of a finished stroke for a new draft', () => {
    const ink = new MovingInk(8);
    ink.receive('anna', draft('1', 1, [0, 0, 0.5]), 0);
    ink.finish([inkKey('anna', '1')]);
    ink.receive('anna', draft('1', 1, [5, 0, 0.5]), 10);
    expect(ink.drafts.size).to.equal(0);
    ink.receive('anna', draft('2', 1, [5, 0, 0.5]), 10);
    expect(ink.drafts.size).to.equal(1);
  });

  it('drops a draft after ten seconds without news, and news are enough to keep it', () => {
    const ink = new MovingInk(8);
    ink.receive('anna', draft('1', 1, [0, 0, 0.5]), 0);
    ink.receive('anna', draft('1', 1, []), SILENCE_MILLISECONDS - 1);
    ink.expire(SILENCE_MILLISECONDS + 1);
    expect(ink.drafts.size).to.equal(1);
    ink.expire(2 * SILENCE_MILLISECONDS);
    expect(ink.drafts.size).to.equal(0);
  });

  it('keeps a resting laser without its trail, and lets the trail fade when it is off', () => {
    const ink = new MovingInk(8);
    ink.receive('anna', laser(1), 0);
    ink.expire(TRAIL_MILLISECONDS + 1);
    expect(ink.lasers.get('anna')).to.deep.include({ trail: [] });
    expect(ink.lasers.get('anna')?.dot).to.deep.equal({ node: 1, x: 0.5, y: 0.5 });
    ink.receive('anna', laser(1, 0.6), 1000);
    ink.receive('anna', { type: 'laser', color: '#e5173f', points: null }, 1010);
    ink.expire(1011);
    expect(ink.lasers.get('anna')?.dot).to.equal(null);
    ink.expire(1001 + TRAIL_MILLISECONDS);
    expect(ink.lasers.size).to.equal(0);
  });

  it('starts a new trail where the laser comes back', () => {
    const ink = new MovingInk(8);
    ink.receive('anna', laser(1, 0.1), 0);
    ink.receive('anna', { type: 'laser', color: '#e5173f', points: null }, 10);
    ink.receive('anna', laser(1, 0.9), 20);
    expect(ink.lasers.get('anna')?.trail.map(({ place }) => place.x)).to.deep.equal([0.9]);
  });

  it('loses a laser that is silent', () => {
    const ink = new MovingInk(8);
    ink.receive('anna', laser(1), 0);
    ink.expire(SILENCE_MILLISECONDS + 1);
    expect(ink.lasers.size).to.equal(0);
  });

  it('gives the room of the quietest laser to a new one', () => {
    const ink = new MovingInk(2);
    ink.receive('a', laser(1), 0);
    ink.receive('b', laser(1), 1);
    ink.receive('a', laser(1), 2);
    ink.receive('c', laser(1), 3);
    expect([...ink.lasers.keys()].sort()).to.deep.equal(['a', 'c']);
  });

  it('stays bounded whatever comes', () => {
    const author = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l');
    const id = fc.nat({ max: 40 }).map(String);
    const numbers = fc.array(fc.double({ noNaN: true }), { maxLength: 90 });
    const place = fc.record({ node: fc.integer(), x: fc.double(), y: fc.double() });
    const message = fc.oneof(
      fc.record({ type: fc.constant('cancel'), id }),
      fc.tuple(id, fc.integer(), numbers).map(([name, node, points]) => draft(name, node, points)),
      fc.constant(draft('long', 1, new Array<number>(LIMITS.strokePoints * 3 - 3).fill(1))),
      fc.record({
        type: fc.constant('laser'),
        color: fc.constant('#000000'),
        points: fc.array(place, { maxLength: 70 }),
      }),
    ) as fc.Arbitrary<InkMessage>;
    const seed = 771;
    fc.assert(
      fc.property(fc.array(fc.tuple(author, message), { maxLength: 200 }), (all) => {
        const ink = new MovingInk(8);
        all.forEach(([name, sent], now) => {
          const checked = readInkMessage(sent);
          if (checked) ink.receive(name, checked, now);
        });
        expect(ink.lasers.size).to.be.at.most(8);
        for (const { trail } of ink.lasers.values()) expect(trail.length).to.be.at.most(120);
        const perAuthor = new Map<string, number>();
        for (const { author: name, points } of ink.drafts.values()) {
          perAuthor.set(name, (perAuthor.get(name) ?? 0) + 1);
          expect(points.length).to.be.at.most(LIMITS.strokePoints * 3);
        }
        for (const count of perAuthor.values()) expect(count).to.be.at.most(8);
        expect(ink.drafts.size).to.be.at.most(64);
      }),
      { seed, numRuns: 60 },
    );
  });
});
