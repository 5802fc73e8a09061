import { isTextField, realmOf } from './dom.js';
import type { TextDriver } from './text.js';
import type { Modifiers } from './types.js';

/** Caret keys of an editable place, by the habit of the consumer's system. */
export function moveCaret(text: TextDriver, target: Element, key: string, mods: Modifiers): void {
  const how = mods.shift ? 'extend' : 'move';
  const isByWord = mods.ctrl || mods.alt;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      text.modify(how, key === 'ArrowLeft' ? 'Left' : 'Right', isByWord ? 'word' : 'character');
      break;
    case 'ArrowUp':
    case 'ArrowDown':
      text.modify(how, key === 'ArrowUp' ? 'Backward' : 'Forward', isByWord ? 'paragraph' : 'line');
      break;
    case 'Home':
      text.modify(how, 'Backward', mods.ctrl ? 'documentboundary' : 'lineboundary');
      break;
    case 'End':
      text.modify(how, 'Forward', mods.ctrl ? 'documentboundary' : 'lineboundary');
      break;
    case 'PageUp':
    case 'PageDown':
      movePage(text, target, key === 'PageUp' ? 'Backward' : 'Forward', how);
      break;
    default:
  }
}

function movePage(text: TextDriver, target: Element, direction: 'Backward' | 'Forward', how: 'move' | 'extend'): void {
  const { lineHeight, fontSize } = realmOf(target).getComputedStyle(target);
  const line = parseFloat(lineHeight) || parseFloat(fontSize) * 1.2 || 20;
  const height = isTextField(target) ? target.clientHeight : realmOf(target).innerHeight;
  const lines = Math.max(1, Math.floor((height * 0.875) / line));
  for (let step = 0; step < lines; step += 1) text.modify(how, direction, 'line');
}
