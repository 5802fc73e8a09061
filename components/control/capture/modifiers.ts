import { MODIFIERS } from '../../../protocol/index.js';

type Held = Pick<MouseEvent, 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/** The bits of `mods`. */
export function modifierBits({ ctrlKey, shiftKey, altKey, metaKey }: Held): number {
  return (
    (ctrlKey ? MODIFIERS.ctrl : 0) |
    (shiftKey ? MODIFIERS.shift : 0) |
    (altKey ? MODIFIERS.alt : 0) |
    (metaKey ? MODIFIERS.meta : 0)
  );
}

/** Whether this is a Mac, an iPad or an iPhone. */
export function isApple(): boolean {
  return /^(?:mac|ip)/i.test(navigator.platform);
}
