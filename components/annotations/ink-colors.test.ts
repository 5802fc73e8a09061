import { expect } from '@open-wc/testing';
import { contrast, luminance, rimOf, textOn } from './contrast.js';
import { INK_COLORS } from './ink-colors.js';

type Triple = [number, number, number];
/** Machado, Oliveira and Fernandes 2009, severity 1, for linear RGB. */
const SIGHT: Record<string, Triple[]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const times = (matrix: Triple[], v: Triple) =>
  matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as Triple;
const linear = (color: string) =>
  [1, 3, 5].map((i) => {
    const share = parseInt(color.slice(i, i + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Triple;
const bounded = (v: Triple) => v.map((x) => Math.min(1, Math.max(0, x))) as Triple;
function oklab(v: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    v,
  ).map(Math.cbrt) as Triple;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}
const distance = (a: Triple, b: Triple) => 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

describe('ink colours', () => {
  it('are six, each readable on white', () => {
    expect(INK_COLORS).to.have.length(6);
    for (const { name, value } of INK_COLORS) expect(contrast(value, '#ffffff'), name).to.be.at.least(3);
  });

  for (const [sight, matrix] of Object.entries(SIGHT)) {
    it(`can be told apart: ${sight}`, () => {
      const seen = INK_COLORS.map(({ name, value }) => ({ name, lab: oklab(bounded(times(matrix, linear(value)))) }));
      for (const a of seen)
        for (const b of seen) if (a !== b) expect(distance(a.lab, b.lab), `${a.name} and ${b.name}`).to.be.at.least(6);
    });
  }

  it('carry text and a rim that can be read on them', () => {
    for (const { name, value } of [...INK_COLORS, { name: 'yellow', value: '#ffee00' }]) {
      expect(contrast(value, textOn(value)), name).to.be.at.least(4.5);
      expect(contrast(value, rimOf(value)), name).to.be.at.least(3);
    }
  });

  it('luminance is that of WCAG', () => {
    expect(luminance('#ffffff')).to.be.closeTo(1, 1e-9);
    expect(contrast('#ffffff', '#000000')).to.be.closeTo(21, 1e-6);
    expect(contrast('#777777', '#ffffff')).to.be.closeTo(4.48, 0.01);
  });
});
