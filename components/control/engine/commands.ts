import type { EditCommand } from '../../../protocol/index.js';
import type { Clipboard } from './clipboard.js';
import type { Core } from './core.js';
import { isEditable, isTextField } from './dom.js';
import type { TextDriver } from './text.js';
import type { KeyStep } from './types.js';

const isMac = navigator.platform.startsWith('Mac');

/** What a shortcut means on this system, where the agent's side has not said it. */
export function commandFor({ key, mods }: KeyStep): EditCommand | undefined {
  const isMain = isMac ? mods.meta && !mods.ctrl : mods.ctrl && !mods.meta;
  if (!isMain || mods.alt) return undefined;
  switch (key.toLowerCase()) {
    case 'a':
      return 'selectAll';
    case 'c':
      return 'copy';
    case 'x':
      return 'cut';
    case 'v':
      return 'paste';
    case 'z':
      return mods.shift ? 'redo' : 'undo';
    case 'y':
      return isMac ? undefined : 'redo';
    case 'b':
      return 'bold';
    case 'i':
      return 'italic';
    case 'u':
      return 'underline';
    default:
      return undefined;
  }
}

/** @returns whether it was one that does something here. */
export function runCommand(
  core: Core,
  text: TextDriver,
  clipboard: Clipboard,
  command: EditCommand,
  isShift: boolean,
): boolean {
  switch (command) {
    case 'copy':
    case 'cut':
      clipboard.copy(command);
      return true;
    case 'paste':
      clipboard.paste();
      return true;
    case 'selectAll':
      selectAll(core);
      return true;
    case 'undo':
    case 'redo':
      text.history(command);
      return true;
    case 'bold':
    case 'italic':
    case 'underline':
      text.format(command);
      return true;
    default:
      return isEditable(core.active) && moveOrDelete(text, command, isShift);
  }
}

type Moves = Exclude<
  EditCommand,
  'copy' | 'cut' | 'paste' | 'selectAll' | 'undo' | 'redo' | 'bold' | 'italic' | 'underline'
>;

function moveOrDelete(text: TextDriver, command: Moves, isShift: boolean): boolean {
  const how = isShift ? 'extend' : 'move';
  const actions: Record<Moves, () => void> = {
    wordLeft: () => text.modify(how, 'Left', 'word'),
    wordRight: () => text.modify(how, 'Right', 'word'),
    lineStart: () => text.modify(how, 'Backward', 'lineboundary'),
    lineEnd: () => text.modify(how, 'Forward', 'lineboundary'),
    documentStart: () => text.modify(how, 'Backward', 'documentboundary'),
    documentEnd: () => text.modify(how, 'Forward', 'documentboundary'),
    paragraphUp: () => text.modify(how, 'Backward', 'paragraph'),
    paragraphDown: () => text.modify(how, 'Forward', 'paragraph'),
    deleteWordBackward: () => text.remove('Backward', 'word'),
    deleteWordForward: () => text.remove('Forward', 'word'),
    deleteLineBackward: () => text.remove('Backward', 'line'),
    deleteLineForward: () => text.remove('Forward', 'line'),
  };
  actions[command]();
  return true;
}

function selectAll(core: Core): void {
  const target = core.active;
  if (!isTextField(target)) {
    target.ownerDocument.execCommand('selectAll');
    return;
  }
  if (core.selectStart(target)) target.select();
}
