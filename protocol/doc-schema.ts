import { LIMITS } from './limits.js';
import {
  DECISIONS,
  END_REASONS,
  INK_TOOLS,
  MODES,
  REQUEST_KINDS,
  STATUSES,
  STEP_DOWN_REASONS,
  isOneOf,
  type Decision,
  type EndReason,
  type InkTool,
  type Mode,
  type RequestKind,
  type Status,
  type StepDownReason,
} from './vocabulary.js';

/** The root types of a session's doc, each a Y.Map of plain JSON values. Nothing is nested in them. */
export const ROOTS = ['session', 'requests', 'answers', 'annotations'] as const;
export type Root = (typeof ROOTS)[number];

export type DeviceKind = 'desktop' | 'mobile';

/** `session.page`: what the agent may know of the page, without the page. */
export interface PageInfo {
  /** Counts up with each document, so that what was drawn on the last one can be told from this one. */
  id: string;
  title: string;
  /** Path without query, by default. */
  url: string;
  width: number;
  height: number;
  pixelRatio: number;
  device: DeviceKind;
}

/** `session.grant`: what the consumer has allowed beyond screen share. */
export interface GrantFields {
  /** Id of the request that was allowed. */
  id: string;
  /** The consumer's clock, milliseconds since 1970; null: without a limit. Not compared with another clock. */
  until: number | null;
  /** Seconds that were left when this was written; null: without a limit. */
  left: number | null;
}

/** Where the picture comes from in full device. `none`: nothing of ours is in front, and nothing is captured. */
export const SCREEN_SOURCES = ['mirror', 'screen', 'none'] as const;
/**
 * `muted`: what was chosen gives no picture for the moment, as a window that is minimised; `unavailable`: this browser can't capture;
 * `refused`: the person did not choose anything, or the browser did not let it.
 */
export const CAPTURE_STATES = ['off', 'asking', 'on', 'muted', 'unavailable', 'refused'] as const;
/** What was chosen in the browser's picker. */
export const CAPTURE_SURFACES = ['tab', 'window', 'screen'] as const;

/** `session.screen`: what an agent sees in full device, by the consumer's word. */
export interface ScreenInfo {
  source: (typeof SCREEN_SOURCES)[number];
  capture: (typeof CAPTURE_STATES)[number];
  /** Null unless `capture` is `on` or `muted`. */
  surface: (typeof CAPTURE_SURFACES)[number] | null;
}

/** Keys of the `session` root and their values; written by the consumer only. */
export interface SessionFields {
  status: Status;
  mode: Mode | null;
  page: PageInfo;
  visible: boolean;
  /** The page isn't visible because the person is on another tab of the site. */
  elsewhere: boolean;
  endedBy: EndReason | null;
  startedAt: number;
  /** Modes the consumer's page can do now: its ceiling. */
  modes: Mode[];
  /** Whether the consumer may draw too. */
  consumerInk: boolean;
  /** Id (`sub`) of the agent that has control. */
  controller: string | null;
  grant: GrantFields | null;
  /** Why the last mode beyond screen share was left; null in such a mode, and before the first one. */
  stepDown: StepDownReason | null;
  recording: 'on' | 'off';
  /** Id of the pending request for which the consumer has taken more time, or null: it has twice as long. */
  moreTime: string | null;
  /** Null unless the mode is full device. */
  screen: ScreenInfo | null;
}

/** An entry of `requests`, under the key `<author>:<n>`, which is also its `id`. */
export interface RequestEntry {
  id: string;
  /** Absent means `mode`. */
  kind?: RequestKind;
  /** The mode that is asked for, where `kind` is `mode`. */
  mode?: Mode;
  agent: { id: string; name: string };
  /** The agent's clock, milliseconds since 1970. Not compared with another clock. */
  at: number;
  /** Of a further mode; above 0, a day at most. */
  limits?: { minutes?: number };
  /** Of remote control: `sub` of the agent that is to have it, where the one that has it hands it over. */
  to?: string;
}

/** An entry of `answers`, under the id of the request it settles. */
export interface AnswerEntry {
  decision: Decision;
  at: number;
  /** The words that our tag showed. */
  shown?: { id: string; version: number; locale: string; text: string };
}

/** An entry of `annotations`, under the key `<author>:<n>`, which is also its `id`. */
export interface Stroke {
  id: string;
  tool: InkTool;
  /** `#rrggbb`. */
  color: string;
  /** CSS pixels. */
  width: number;
  /** `page.id` of the page it was drawn on. */
  page: string;
  /** The element under the stroke: its mirror id, and where in its box (0..1) the points have their origin. */
  anchor: StrokeAnchor;
  /** x, y, pressure (0..1) in turn; x and y in CSS pixels from the anchor point. */
  points: number[];
}

export interface StrokeAnchor {
  node: number;
  x: number;
  y: number;
}

/** `<author>:<n>`: the author may contain colons, the last part may not. */
export function entryKey(author: string, n: number | string): string {
  return `${author}:${n}`;
}

/** Who an entry belongs to, or undefined when the key has not that form. */
export function authorOf(key: string): string | undefined {
  return /^(.{1,128}):[\w-]{1,64}$/su.exec(key)?.[1];
}

type Check = (value: unknown) => boolean;

const isText =
  (limit: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= limit;
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isBoolean: Check = (value) => typeof value === 'boolean';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (list: readonly string[]): Check =>
  (value) =>
    isOneOf(list, value);
const shape =
  (fields: Record<string, Check>): Check =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]));

const isPage = shape({
  id: isText(64),
  title: isText(LIMITS.titleLength),
  url: isText(LIMITS.urlLength),
  width: isNumber,
  height: isNumber,
  pixelRatio: isNumber,
  device: oneOf(['desktop', 'mobile']),
});
const sessionFields: Record<string, Check> = {
  status: oneOf(STATUSES),
  mode: isNullOr(oneOf(MODES)),
  page: isNullOr(isPage),
  visible: isBoolean,
  elsewhere: isBoolean,
  endedBy: isNullOr(oneOf(END_REASONS)),
  startedAt: isNumber,
  modes: (value) => Array.isArray(value) && value.length <= MODES.length && value.every((mode) => isOneOf(MODES, mode)),
  consumerInk: isBoolean,
  controller: isNullOr(isText(LIMITS.subLength)),
  grant: isNullOr(shape({ id: isText(200), until: isNullOr(isNumber), left: isNullOr(isNumber) })),
  stepDown: isNullOr(oneOf(STEP_DOWN_REASONS)),
  recording: oneOf(['on', 'off']),
  moreTime: isNullOr(isText(200)),
  screen: isNullOr(
    shape({
      source: oneOf(SCREEN_SOURCES),
      capture: oneOf(CAPTURE_STATES),
      surface: isNullOr(oneOf(CAPTURE_SURFACES)),
    }),
  ),
};

const isAgent: Check = (value) =>
  isText(LIMITS.subLength)(value) || shape({ id: isText(LIMITS.subLength), name: isText(LIMITS.nameLength) })(value);
const isMinutes: Check = (value) => isNumber(value) && (value as number) > 0 && (value as number) <= 24 * 60;
const isRequestShape = shape({
  id: isText(200),
  kind: optional(oneOf(REQUEST_KINDS)),
  mode: optional(oneOf(MODES)),
  agent: isAgent,
  at: isNumber,
  limits: optional(shape({ minutes: optional(isMinutes) })),
  to: optional(isText(LIMITS.subLength)),
});
const isAnswerShape = shape({
  decision: oneOf(DECISIONS),
  at: isNumber,
  shown: optional(shape({ id: isText(64), version: isNumber, locale: isText(35), text: isText(4000) })),
});
const isPoints: Check = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= LIMITS.strokePoints * 3 &&
  value.length % 3 === 0 &&
  value.every(isNumber);
const isStrokeShape = shape({
  id: isText(200),
  tool: oneOf(INK_TOOLS),
  color: (value) => typeof value === 'string' && /^#[\da-f]{6}$/i.test(value),
  width: (value) => isNumber(value) && (value as number) > 0 && (value as number) <= 64,
  page: isText(64),
  anchor: shape({ node: isNumber, x: isNumber, y: isNumber }),
  points: isPoints,
});

export function isRequestEntry(key: string, value: unknown): value is RequestEntry {
  return (
    isRequestShape(value) &&
    (value as RequestEntry).id === key &&
    (((value as RequestEntry).kind ?? 'mode') !== 'mode') === ((value as RequestEntry).mode === undefined) &&
    ((value as RequestEntry).to === undefined || (value as RequestEntry).mode === 'remote-control')
  );
}
export function isAnswerEntry(value: unknown): value is AnswerEntry {
  return isAnswerShape(value);
}
export function isStroke(key: string, value: unknown): value is Stroke {
  return isStrokeShape(value) && (value as Stroke).id === key;
}

/** Whether a value may stand under a key of a root: the schema that both sides check. */
export function isValidEntry(root: Root, key: string, value: unknown): boolean {
  switch (root) {
    case 'session':
      return Object.hasOwn(sessionFields, key) && sessionFields[key]!(value);
    case 'requests':
      return isRequestEntry(key, value);
    case 'answers':
      return key.length <= 200 && isAnswerEntry(value);
    case 'annotations':
      return isStroke(key, value);
  }
}

/** The author named inside a request must be the author of its key, and may not take another name. */
export function requestSpeaksFor(entry: RequestEntry, person: { sub: string; name: string }): boolean {
  const agent = entry.agent as RequestEntry['agent'] | string;
  return typeof agent === 'string' ? agent === person.sub : agent.id === person.sub && agent.name === person.name;
}
