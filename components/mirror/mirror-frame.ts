import { CobrowseError } from '../../protocol/index.js';

const LOAD_MILLISECONDS = 10_000;

/**
 * Makes the frame ready to hold a mirror.
 * @throws {CobrowseError} (rejects) `frame-blocked` when it can't be reached or doesn't take styles.
 */
export async function prepareFrame(frame: HTMLIFrameElement, url: string | undefined): Promise<void> {
  assertSandbox(frame);
  if (url !== undefined) await load(frame, url);
  const inner = documentOf(frame);
  if (!inner) throw new CobrowseError('frame-blocked', `frame-url must be a page of this origin: ${url ?? ''}`);
  if (!takesStyles(inner)) {
    throw new CobrowseError(
      'frame-blocked',
      url === undefined
        ? "the page's content security policy leaves the mirror without styles: set frame-url to a copy of mirror-frame.html"
        : `${url} doesn't allow styles: serve mirror-frame.html as it is`,
    );
  }
}

/** @throws {CobrowseError} when anything but reaching it from here is allowed in the frame. */
export function assertSandbox(frame: HTMLIFrameElement): void {
  if (frame.getAttribute('sandbox') !== 'allow-same-origin') {
    throw new CobrowseError('frame-blocked', "the sandbox of the mirror's frame was changed");
  }
}

function load(frame: HTMLIFrameElement, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CobrowseError('frame-blocked', `${url} didn't load`)), LOAD_MILLISECONDS);
    frame.addEventListener(
      'load',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
    frame.src = url;
  });
}

function documentOf(frame: HTMLIFrameElement): Document | null {
  try {
    return frame.contentDocument;
  } catch {
    return null;
  }
}

/** A policy that forbids them says nothing: the mirror would just be bare. */
function takesStyles(inner: Document): boolean {
  const probe = inner.createElement('style');
  probe.textContent = ':root { --cobrowse-probe: 1 }';
  const root = inner.documentElement;
  if (!root) return false;
  root.append(probe);
  const value = inner.defaultView?.getComputedStyle(root).getPropertyValue('--cobrowse-probe') ?? '';
  probe.remove();
  return value.trim() === '1';
}
