import { ERRORS, type ErrorCode } from './errors.js';
import { LIMITS } from './limits.js';

/**
 * JSON payload of a frame of kind `input`: what the agent did, as primitives, in order. `epoch` and `seq` in the frame's
 * header name the last `events` frame that the agent's mirror showed meanwhile (`player.seen`): nothing is pressed that has
 * changed since.
 *
 * A place is `id, fx, fy`: the mirror id of the deepest element under the pointer, and the offset in its border box in
 * parts of 10,000 of its size (below 0 and above 10,000 are outside). With a press or a drag in text come the mirror id
 * of the text node and the offset of the character, so that the caret lands there although the fonts may differ.
 */
export interface InputBatch {
  /** One sitting of one agent's capture. A new one replaces it, and nothing of the old one is performed any more. */
  run: string;
  /** Counts up within the run: what was performed once is never performed again. */
  seq: number;
  /** Id of the request that was allowed: input of an earlier grant is not performed. */
  grant: string;
  primitives: Primitive[];
}

/** The first number of a primitive's array. */
export const PRIMITIVES = {
  move: 0,
  down: 1,
  up: 2,
  drag: 3,
  wheel: 4,
  keyDown: 5,
  keyUp: 6,
  text: 7,
  paste: 8,
  choose: 9,
  set: 10,
  release: 11,
  command: 12,
} as const;

/** Bits of `mods`. */
export const MODIFIERS = { ctrl: 1, shift: 2, alt: 4, meta: 8 } as const;

/** What a shortcut means, told by the agent's system so that the consumer's may differ. */
export const EDIT_COMMANDS = [
  'copy',
  'cut',
  'paste',
  'selectAll',
  'undo',
  'redo',
  'bold',
  'italic',
  'underline',
  'wordLeft',
  'wordRight',
  'lineStart',
  'lineEnd',
  'documentStart',
  'documentEnd',
  'deleteWordBackward',
  'deleteWordForward',
  'deleteLineBackward',
  'deleteLineForward',
  'paragraphUp',
  'paragraphDown',
] as const;
export type EditCommand = (typeof EDIT_COMMANDS)[number];

/** Buttons of the agent's toolbar for what no page can do by itself. */
export const BROWSER_COMMANDS = ['back', 'forward', 'reload', 'go'] as const;
export type BrowserCommand = (typeof BROWSER_COMMANDS)[number];

type Place = [id: number, fx: number, fy: number];
type TextPlace = [textId?: number, textOffset?: number];
type Press = [...Place, button: number, mods: number, clicks: number, ...TextPlace];
type Key = [
  key: string,
  code: string,
  keyCode: number,
  location: number,
  mods: number,
  repeat: 0 | 1,
  command?: EditCommand,
];

export type Primitive =
  | [0, ...Place, mods: number]
  /** `clicks`: 1 for the first press, 2 for the second of a double click. */
  | [1, ...Press]
  | [2, ...Press]
  /** A move with a button held: `dx, dy` in CSS pixels from the press; the place is what lies under the pointer. */
  | [3, dx: number, dy: number, ...Place, mods: number, ...TextPlace]
  /** CSS pixels. */
  | [4, ...Place, dx: number, dy: number, mods: number]
  | [5, ...Key]
  | [6, ...Key]
  /** Text of an input method, a picker of symbols, or dictation. */
  | [7, text: string, ime: 0 | 1]
  /** Plain text from the agent's clipboard. */
  | [8, text: string]
  /** Options of a select, by mirror id, picked at the agent's side. */
  | [9, id: number, options: number[]]
  /** Value of a date, time, colour or number field, picked at the agent's side. */
  | [10, id: number, value: string]
  /** Every button and key that is held is let go. */
  | [11]
  /** `address` with `go` only. */
  | [12, command: BrowserCommand, address?: string];

/** Why a primitive was not performed. */
export type RefusalCode = Extract<
  ErrorCode,
  | 'stale'
  | 'masked'
  | 'blocked'
  | 'no-control'
  | 'needs-consumer'
  | 'rate-limited'
  | 'wrong-status'
  | 'consumer-active'
  | 'malformed-frame'
>;

/** What only the consumer can do: `what` of a `needs-consumer`. */
export const CONSUMER_TASKS = [
  'file',
  'window',
  'fullscreen',
  'clipboard',
  'download',
  'permission',
  'picker',
  'print',
  'address',
  'submit',
  'other',
] as const;
export type ConsumerTask = (typeof CONSUMER_TASKS)[number];

/** JSON payload of a frame of kind `live`: what the consumer's page says to the agent that works it. */
export type LiveMessage =
  /** A batch was performed up to and including `seq`, but for what is listed. Not sent for batches of moves alone. */
  | { type: 'performed'; run: string; seq: number }
  /** A primitive was not performed. `node`: the element's mirror id. */
  | { type: 'refused'; run: string; seq: number; code: RefusalCode; what?: ConsumerTask; node?: number }
  /** A picker belongs over this field; the choice comes back as `choose` or `set`. */
  | { type: 'picker'; run: string; seq: number; node: number }
  /** The page shows a message of the browser that only the consumer can answer, or no longer. */
  | { type: 'dialog'; open: boolean }
  /** The consumer uses mouse, touch or keyboard: the agent's input waits until this is over. */
  | { type: 'consumer-active'; active: boolean }
  /**
   * Where the keyboard writes on the page. `focus`: mirror id of the element that has it; `node`: the text field, or the text in
   * which the caret stands; `start`, `end`: of the selection in it, in characters. All 0 where there is none, or it is masked.
   */
  | { type: 'caret'; focus: number; node: number; start: number; end: number }
  /** What was copied on the page by the agent, for its own clipboard. Never what is masked. */
  | { type: 'copied'; run: string; text: string };

const numbers = (value: unknown[], least: number, most: number): boolean =>
  value.every((item) => Number.isFinite(item) && (item as number) >= least && (item as number) <= most);
const isId = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;
const isText = (value: unknown, length: number): value is string => typeof value === 'string' && value.length <= length;
const isShort = (value: unknown): value is string => isText(value, 64) && value !== '';
const isMods = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 16;
const isPlace = (list: unknown[]): boolean => isId(list[0]) && numbers(list.slice(1, 3), -1e7, 1e7) && list.length >= 3;
const isTextPlace = (list: unknown[]): boolean =>
  list.length === 0 || (list.length === 2 && isId(list[0]) && Number.isInteger(list[1]) && numbers([list[1]], 0, 1e7));

function isPress(list: unknown[]): boolean {
  const [button, mods, clicks] = list.slice(3);
  return (
    isPlace(list) &&
    [0, 1, 2].includes(button as number) &&
    isMods(mods) &&
    isClicks(clicks) &&
    isTextPlace(list.slice(6))
  );
}

function isClicks(value: unknown): boolean {
  return Number.isInteger(value) && numbers([value], 0, 100);
}

function isKey(list: unknown[]): boolean {
  const [key, code, keyCode, location, mods, repeat, command] = list;
  return (
    list.length <= 7 &&
    isShort(key) &&
    isText(code, 64) &&
    Number.isInteger(keyCode) &&
    numbers([keyCode], 0, 65_535) &&
    [0, 1, 2, 3].includes(location as number) &&
    isMods(mods) &&
    (repeat === 0 || repeat === 1) &&
    (command === undefined || (EDIT_COMMANDS as readonly unknown[]).includes(command))
  );
}

const checks: Record<Primitive[0], (list: unknown[]) => boolean> = {
  0: (list) => list.length === 4 && isPlace(list) && isMods(list[3]),
  1: isPress,
  2: isPress,
  3: (list) =>
    numbers(list.slice(0, 2), -1e6, 1e6) && isPlace(list.slice(2)) && isMods(list[5]) && isTextPlace(list.slice(6)),
  4: (list) => list.length === 6 && isPlace(list) && numbers(list.slice(3, 5), -1e5, 1e5) && isMods(list[5]),
  5: isKey,
  6: isKey,
  7: (list) => list.length === 2 && isText(list[0], LIMITS.inputTextLength) && (list[1] === 0 || list[1] === 1),
  8: (list) => list.length === 1 && isText(list[0], LIMITS.inputTextLength),
  9: (list) =>
    list.length === 2 && isId(list[0]) && Array.isArray(list[1]) && list[1].length <= 1000 && list[1].every(isId),
  10: (list) => list.length === 2 && isId(list[0]) && isText(list[1], 256),
  11: (list) => list.length === 0,
  12: (list) =>
    (BROWSER_COMMANDS as readonly unknown[]).includes(list[0]) &&
    (list[0] === 'go' ? list.length === 2 && isText(list[1], LIMITS.urlLength) : list.length === 1),
};

function isPrimitive(value: unknown): value is Primitive {
  if (!Array.isArray(value)) return false;
  const [kind, ...rest] = value as [unknown, ...unknown[]];
  return typeof kind === 'number' && Object.hasOwn(checks, kind) && checks[kind as Primitive[0]](rest);
}

/** The batch when it is one, undefined otherwise: what comes from a peer is never trusted. */
export function readInputBatch(value: unknown): InputBatch | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { run, seq, grant, primitives } = value as InputBatch;
  return isShort(run) &&
    Number.isInteger(seq) &&
    numbers([seq], 0, 0xffff_ffff) &&
    isText(grant, 256) &&
    Array.isArray(primitives) &&
    primitives.length <= LIMITS.primitivesPerBatch &&
    primitives.every(isPrimitive)
    ? { run, seq, grant, primitives }
    : undefined;
}

const liveChecks: Record<LiveMessage['type'], (message: Record<string, unknown>) => boolean> = {
  performed: ({ run, seq }) => isShort(run) && Number.isInteger(seq),
  refused: ({ run, seq, code, what, node }) =>
    isShort(run) &&
    Number.isInteger(seq) &&
    typeof code === 'string' &&
    Object.hasOwn(ERRORS, code) &&
    (what === undefined || (CONSUMER_TASKS as readonly unknown[]).includes(what)) &&
    (node === undefined || isId(node)),
  picker: ({ run, seq, node }) => isShort(run) && Number.isInteger(seq) && isId(node),
  dialog: ({ open }) => typeof open === 'boolean',
  'consumer-active': ({ active }) => typeof active === 'boolean',
  caret: ({ focus, node, start, end }) =>
    [focus, node, start, end].every(Number.isInteger) && numbers([focus, node, start, end], 0, 0x7fff_ffff),
  copied: ({ run, text }) => isShort(run) && isText(text, LIMITS.inputTextLength),
};

/** The message when it is one, undefined otherwise. */
export function readLiveMessage(value: unknown): LiveMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type } = value as LiveMessage;
  return typeof type === 'string' &&
    Object.hasOwn(liveChecks, type) &&
    liveChecks[type](value as Record<string, unknown>)
    ? (value as LiveMessage)
    : undefined;
}
