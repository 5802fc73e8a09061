import { LIMITS, type PageInfo } from '../../protocol/index.js';
import type { CompiledPolicy } from '../mirror/privacy.js';

/** An id for this document, so that what was drawn on it can be told from what belongs to the next one. */
export function newPageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What the agent may know of this page: its size, and its title and address as far as the policy says. Without one only
 * its origin.
 */
export function readPageInfo(id: string, policy: CompiledPolicy | undefined): PageInfo {
  return {
    id,
    title: titleFor(policy).slice(0, LIMITS.titleLength),
    url: (policy?.shownAddress(location.href) ?? location.origin).slice(0, LIMITS.urlLength),
    width: innerWidth,
    height: innerHeight,
    pixelRatio: devicePixelRatio,
    device:
      matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches ? 'mobile' : 'desktop',
  };
}

function titleFor(policy: CompiledPolicy | undefined): string {
  const element = document.head?.querySelector('title') ?? document.documentElement;
  return policy?.visibilityOf(element) === 'clear' ? document.title : '';
}

/** Calls back when something of it may have changed. @returns the way to stop */
export function watchPageInfo(changed: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  addEventListener('resize', changed, { signal });
  addEventListener('popstate', changed, { signal });
  addEventListener('hashchange', changed, { signal });
  addEventListener('pageshow', changed, { signal });
  (window as { navigation?: EventTarget }).navigation?.addEventListener('currententrychange', changed, { signal });
  document.addEventListener('visibilitychange', changed, { signal });
  // a single-page application changes its address by script, and the title with it
  const titles = new MutationObserver(changed);
  titles.observe(document.head ?? document.documentElement, { subtree: true, childList: true, characterData: true });
  return () => {
    controller.abort();
    titles.disconnect();
  };
}
