import { CobrowseError } from '../../protocol/index.js';

/**
 * Loads the page of the mirror's frame, and finds out whether styles apply in it: a frame without an address inherits the
 * desk's policy, and would show a page without styles.
 *
 * @throws {CobrowseError} (rejects) `frame-blocked`
 */
export async function prepareFrame(frame: HTMLIFrameElement, frameUrl: string | undefined): Promise<void> {
  if (frameUrl) await load(frame, frameUrl);
  const inner = frame.contentDocument;
  if (!inner)
    throw new CobrowseError('frame-blocked', 'the mirror’s frame can’t be reached: is frame-url of the same origin?');
  if (!stylesApply(inner))
    throw new CobrowseError('frame-blocked', 'the policy of the page lets the mirror have no styles: give frame-url');
}

function load(frame: HTMLIFrameElement, url: string): Promise<void> {
  return new Promise((resolve) => {
    frame.addEventListener('load', () => resolve(), { once: true });
    frame.src = url;
  });
}

function stylesApply(inner: Document): boolean {
  const style = inner.createElement('style');
  const probe = inner.createElement('p');
  style.textContent = 'p { order: 7 }';
  inner.documentElement.append(style, probe);
  const applies = inner.defaultView?.getComputedStyle(probe).order === '7';
  style.remove();
  probe.remove();
  return applies;
}
