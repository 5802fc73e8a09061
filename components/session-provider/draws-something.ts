import type { InkMessage } from '../../protocol/index.js';

/** Not so that a laser is off or a draft is given up: where nothing is drawn that changes nothing. */
export function drawsSomething(message: InkMessage): boolean {
  return message.type === 'draft' || (message.type === 'laser' && message.points !== null);
}
