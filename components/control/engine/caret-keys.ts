import { isTextArea, isTextField, realmOf } from './dom.js';
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
  if (isTextArea(target)) goOnToEnd(text, target, direction, how);
}

/** In the first or last line a page goes on to the end of the text. Which line it is only a step there and back tells. */
function goOnToEnd(
  text: TextDriver,
  area: HTMLTextAreaElement,
  direction: 'Backward' | 'Forward',
  how: 'move' | 'extend',
): void {
  const isBack = direction === 'Backward';
  const caret = () => (isBack ? area.selectionStart : area.selectionEnd);
  const before = caret();
  const end = isBack ? 0 : area.value.length;
  text.modify(how, direction, 'line');
  if (caret() === before) return;
  const isEnd = caret() === end;
  text.modify(how, isBack ? 'Forward' : 'Backward', 'line');
  if (isEnd && caret() !== before) text.modify(how, direction, 'documentboundary');
}
