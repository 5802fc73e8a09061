import { expect } from '@open-wc/testing';
import { lookOf } from './device-look.js';

describe('the look of a device', () => {
  it('is the page at its true size', () => {
    const page = { width: 390, height: 844 };
    expect(lookOf(page)).to.deep.equal({ device: page, page, zoom: 1, x: 0, y: 0, height: 844, keyboard: 0 });
  });

  it('keeps its form while the page is zoomed in', () => {
    const seen = { x: 20, y: 40, width: 195, height: 422, scale: 2, keyboard: 0 };
    expect(lookOf({ width: 390, height: 844, seen })).to.deep.include({
      device: { width: 390, height: 844 },
      ...{ zoom: 2, x: 20, y: 40, height: 844 },
    });
  });

  it('has the keyboard below what is seen', () => {
    const seen = { x: 0, y: 0, width: 390, height: 510, scale: 1, keyboard: 334 };
    const look = lookOf({ width: 390, height: 844, seen });
    expect(look.device).to.deep.equal({ width: 390, height: 844 });
    expect(look.height).to.equal(510);
  });

  it('shows a page that is wider than the phone as small as the phone does', () => {
    const seen = { x: 0, y: 0, width: 980, height: 2121, scale: 0.4, keyboard: 0 };
    expect(lookOf({ width: 980, height: 2121, seen }).device).to.deep.equal({ width: 392, height: 848 });
  });
});
