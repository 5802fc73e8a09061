import { expect } from '@open-wc/testing';
import { MODIFIERS } from '../../../protocol/index.js';
import { editCommand } from './edit-commands.js';

const bits = { ctrl: MODIFIERS.ctrl, shift: MODIFIERS.shift, alt: MODIFIERS.alt, meta: MODIFIERS.meta };

/** `Ctrl+Shift+z` as key and modifiers. */
function command(chord: string, isMac: boolean): string | undefined {
  const names = chord.split('+');
  const key = names.pop()!;
  const mods = names.reduce((sum, name) => sum | bits[name as keyof typeof bits], 0);
  return editCommand(key, mods, isMac);
}

const tables: [system: string, isMac: boolean, table: Record<string, string | undefined>][] = [
  [
    'Windows and Linux',
    false,
    {
      'ctrl+c': 'copy',
      'ctrl+Insert': 'copy',
      'ctrl+x': 'cut',
      'shift+Delete': 'cut',
      'ctrl+v': 'paste',
      'shift+Insert': 'paste',
      'ctrl+a': 'selectAll',
      'ctrl+z': 'undo',
      'ctrl+shift+Z': 'redo',
      'ctrl+y': 'redo',
      'ctrl+b': 'bold',
      'ctrl+ArrowLeft': 'wordLeft',
      'ctrl+shift+ArrowRight': 'wordRight',
      Home: 'lineStart',
      'shift+End': 'lineEnd',
      'ctrl+Home': 'documentStart',
      'ctrl+shift+End': 'documentEnd',
      'ctrl+Backspace': 'deleteWordBackward',
      'ctrl+Delete': 'deleteWordForward',
      'meta+c': undefined,
      'ctrl+alt+c': undefined,
      'alt+ArrowLeft': undefined,
      c: undefined,
      Delete: undefined,
    },
  ],
  [
    'a Mac',
    true,
    {
      'meta+c': 'copy',
      'meta+x': 'cut',
      'meta+v': 'paste',
      'meta+a': 'selectAll',
      'meta+z': 'undo',
      'shift+meta+z': 'redo',
      'meta+i': 'italic',
      'alt+ArrowLeft': 'wordLeft',
      'shift+alt+ArrowRight': 'wordRight',
      'meta+ArrowLeft': 'lineStart',
      'shift+meta+ArrowRight': 'lineEnd',
      'meta+ArrowUp': 'documentStart',
      'meta+ArrowDown': 'documentEnd',
      'alt+ArrowUp': 'paragraphUp',
      'ctrl+a': 'lineStart',
      'ctrl+e': 'lineEnd',
      'ctrl+k': 'deleteLineForward',
      'alt+Backspace': 'deleteWordBackward',
      'meta+Backspace': 'deleteLineBackward',
      'ctrl+c': undefined,
      'ctrl+z': undefined,
      Home: undefined,
      'meta+alt+c': undefined,
    },
  ],
];

describe('shortcuts', () => {
  for (const [system, isMac, table] of tables) {
    for (const [chord, meaning] of Object.entries(table)) {
      it(`${chord} on ${system}: ${meaning ?? 'nothing of its own'}`, () => {
        expect(command(chord, isMac)).to.equal(meaning);
      });
    }
  }

  it('of odd names mean nothing', () => {
    expect(editCommand('constructor', 0, true)).to.equal(undefined);
  });
});
