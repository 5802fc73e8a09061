import { MODIFIERS, type EditCommand } from '../../../protocol/index.js';

/** A key with the modifiers held, as `ctrl shift alt meta key`: those that are not held are left out. */
type Table = Readonly<Record<string, EditCommand>>;

/** With Command on a Mac, with Control elsewhere. */
const letters: Table = {
  a: 'selectAll',
  b: 'bold',
  c: 'copy',
  i: 'italic',
  u: 'underline',
  v: 'paste',
  x: 'cut',
  z: 'undo',
};

const mac: Table = {
  'shift meta z': 'redo',
  'alt arrowleft': 'wordLeft',
  'alt arrowright': 'wordRight',
  'alt arrowup': 'paragraphUp',
  'alt arrowdown': 'paragraphDown',
  'meta arrowleft': 'lineStart',
  'meta arrowright': 'lineEnd',
  'meta arrowup': 'documentStart',
  'meta arrowdown': 'documentEnd',
  'ctrl a': 'lineStart',
  'ctrl e': 'lineEnd',
  'ctrl k': 'deleteLineForward',
  'alt backspace': 'deleteWordBackward',
  'alt delete': 'deleteWordForward',
  'meta backspace': 'deleteLineBackward',
};

const others: Table = {
  'ctrl insert': 'copy',
  'shift delete': 'cut',
  'shift insert': 'paste',
  'ctrl shift z': 'redo',
  'ctrl y': 'redo',
  'ctrl arrowleft': 'wordLeft',
  'ctrl arrowright': 'wordRight',
  'ctrl arrowup': 'paragraphUp',
  'ctrl arrowdown': 'paragraphDown',
  home: 'lineStart',
  end: 'lineEnd',
  'ctrl home': 'documentStart',
  'ctrl end': 'documentEnd',
  'ctrl backspace': 'deleteWordBackward',
  'ctrl delete': 'deleteWordForward',
};

/** Keys with which Shift only says that the selection grows. */
const MOVES = /^(?:arrow(?:left|right|up|down)|home|end)$/;

/**
 * What a key means by the habits of the agent's system. The consumer's page then does it by its own.
 * @param key `event.key`
 * @param mods bits of MODIFIERS
 */
export function editCommand(key: string, mods: number, isMac: boolean): EditCommand | undefined {
  const name = key.toLowerCase();
  if (mods === (isMac ? MODIFIERS.meta : MODIFIERS.ctrl) && Object.hasOwn(letters, name)) return letters[name];
  const held = MOVES.test(name) ? mods & ~MODIFIERS.shift : mods;
  const names = Object.entries(MODIFIERS).filter(([, bit]) => (held & bit) !== 0);
  const chord = [...names.map(([modifier]) => modifier), name].join(' ');
  const table = isMac ? mac : others;
  return Object.hasOwn(table, chord) ? table[chord] : undefined;
}
