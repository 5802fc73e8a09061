import { expect } from '@open-wc/testing';
import { scaleFor, zoomBy, ZOOM_MAX, ZOOM_MIN } from './scale.js';

const page = { width: 1000, height: 500 };

describe('the scale of the view', () => {
  it('shows all of the page, and never makes it larger than it is', () => {
    expect(scaleFor(page, { width: 500, height: 500 }, 'contain', null)).to.equal(0.5);
    expect(scaleFor(page, { width: 2000, height: 100 }, 'contain', null)).to.equal(0.2);
    expect(scaleFor(page, { width: 4000, height: 4000 }, 'contain', null)).to.equal(1);
  });

  it('fits the width alone, or nothing', () => {
    expect(scaleFor(page, { width: 500, height: 10 }, 'width', null)).to.equal(0.5);
    expect(scaleFor(page, { width: 500, height: 10 }, 'actual', null)).to.equal(1);
  });

  it('takes a zoom before all else, within bounds', () => {
    expect(scaleFor(page, { width: 500, height: 500 }, 'contain', 1.5)).to.equal(1.5);
    expect(scaleFor(page, { width: 500, height: 500 }, 'contain', 50)).to.equal(ZOOM_MAX);
    expect(zoomBy(ZOOM_MIN, -1)).to.equal(ZOOM_MIN);
    expect(zoomBy(1, 1)).to.be.greaterThan(1);
  });

  it('stays above nothing in a box without room', () => {
    expect(scaleFor(page, { width: 0, height: 0 }, 'contain', null)).to.be.greaterThan(0);
  });
});
