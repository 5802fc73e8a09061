import { expect } from '@open-wc/testing';
import { visibleOffset } from './visible-offset.js';

describe('visibleOffset', () => {
  const { clientWidth, clientHeight } = document.documentElement;
  const seen = (offsetLeft: number, offsetTop: number, width: number, height: number) =>
    ({ offsetLeft, offsetTop, width, height }) as VisualViewport;

  it('is nothing while all of the window is seen', () => {
    expect(visibleOffset('block-start', 'ltr', seen(0, 0, clientWidth, clientHeight))).to.equal('');
  });

  it('lifts what lies at the end above a keyboard', () => {
    const keyboard = seen(0, 0, clientWidth, clientHeight - 300);
    expect(visibleOffset('block-end', 'ltr', keyboard)).to.equal('0px -300px');
    expect(visibleOffset('block-start', 'ltr', keyboard)).to.equal('');
  });

  it('keeps to the corner of what is seen when zoomed in, in both directions', () => {
    const zoomed = seen(100, 40, clientWidth - 300, clientHeight - 40);
    expect(visibleOffset('inline-start-block-start', 'ltr', zoomed)).to.equal('100px 40px');
    expect(visibleOffset('inline-start-block-start', 'rtl', zoomed)).to.equal('-200px 40px');
    expect(visibleOffset('inline-end-block-start', 'ltr', zoomed)).to.equal('-200px 40px');
    expect(visibleOffset('block-start', 'ltr', zoomed)).to.equal('-50px 40px');
  });
});
