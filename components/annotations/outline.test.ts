import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { boundedPoints, inkPath, trailPath } from './outline.js';
import { svgElement } from './svg.js';

function boxOf(d: string): DOMRect {
  const svg = svgElement('svg', {}, svgElement('path', { d }));
  document.body.append(svg);
  const box = (svg.firstElementChild as SVGPathElement).getBBox();
  svg.remove();
  return box;
}

describe('the outline of ink', () => {
  it('of a tap is a round dot', () => {
    const box = boxOf(inkPath([10, 20, 0.5], 4));
    expect([box.x, box.y, box.width, box.height]).to.deep.equal([7, 17, 6, 6]);
  });

  it('of a line is as wide as it says and reaches its ends', () => {
    const line = Array.from({ length: 51 }, (_, i) => [i * 4, 0, 0.5]).flat();
    const box = boxOf(inkPath(line, 6));
    expect(box.height).to.be.within(5.5, 6.1);
    expect(box.width).to.be.within(203, 206.5);
  });

  it('grows with pressure', () => {
    const line = (pressure: number) => Array.from({ length: 51 }, (_, i) => [i * 4, 0, pressure]).flat();
    expect(boxOf(inkPath(line(1), 6)).height).to.be.greaterThan(boxOf(inkPath(line(0.1), 6)).height + 2);
  });

  it('of nothing is nothing', () => {
    expect(inkPath([], 4)).to.equal('');
    expect(trailPath([{ x: 1, y: 1, life: 1 }], 9)).to.equal('');
  });

  it('of a trail is wide at the dot and runs out at the other end', () => {
    const trail = Array.from({ length: 30 }, (_, i) => ({ x: i * 5, y: 0, life: i / 29 }));
    const svg = svgElement('svg', {}, svgElement('path', { d: trailPath(trail, 10) }));
    document.body.append(svg);
    const path = svg.firstElementChild as SVGPathElement;
    const covers = (x: number, y: number) => path.isPointInFill(new DOMPoint(x, y));
    expect([covers(140, 3.5), covers(70, 3.5), covers(70, 1.5), covers(12, 1.5)]).to.deep.equal([
      true,
      false,
      true,
      false,
    ]);
    svg.remove();
  });

  it('is a path of finite numbers whatever the points are', () => {
    const seed = 4242;
    const point = fc.tuple(fc.double(), fc.double(), fc.double());
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 60 }),
        fc.double({ min: 0.1, max: 64, noNaN: true }),
        (points, width) => {
          const d = inkPath(boundedPoints(points.flat()), width);
          expect(d).to.not.match(/NaN|Infinity|undefined/);
          expect(d === '').to.equal(points.length === 0);
        },
      ),
      { seed, numRuns: 200 },
    );
  });
});
