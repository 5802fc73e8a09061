import type { BrowserCommand } from '../../protocol/index.js';
import { INK_COLORS, type InkColor } from '../annotations/ink-colors.js';
import type { AgentKey } from '../i18n/agent/en.js';
import { errorText, type AgentLocalize } from '../internal/agent-words.js';
import type { Action, SessionState, Tool } from '../session/types.js';
import { isControlling, type Offer, type ToolbarModel } from './toolbar-model.js';

/** What the templates of the toolbar work with. */
export interface Desk {
  readonly words: AgentLocalize;
  readonly state: SessionState | undefined;
  readonly model: ToolbarModel;
  /** This browser's clock, milliseconds. */
  readonly now: number;
  /** Seconds that the pending question had when it was first seen. */
  readonly askedSeconds: number;
  readonly act: (action: Action) => void;
  /** Of the consumer's browser, by the agent in control. */
  readonly command: (command: BrowserCommand, address?: string) => void;
  /** For how long control is asked; absent: without a limit. */
  readonly controlMinutes: number | undefined;
  readonly onMenuToggle: (event: ToggleEvent) => void;
  readonly onMenuKey: (event: KeyboardEvent) => void;
  readonly closeMenus: () => void;
}

export const ACTION_NAMES = [
  'request',
  'withdraw',
  'view',
  'laser',
  'pencil',
  'undo',
  'eraseOwn',
  'eraseAll',
  'control',
  'fullDevice',
  'back',
  'forward',
  'reload',
  'refresh',
  'end',
] as const;
export type ActionName = (typeof ACTION_NAMES)[number];

/** What a button does. */
export function run(desk: Pick<Desk, 'state' | 'act' | 'command' | 'controlMinutes'>, name: ActionName): void {
  const { state, act, command } = desk;
  if (name === 'back' || name === 'forward' || name === 'reload') return command(name);
  const action = state && actionOf(state, name, desk.controlMinutes);
  if (action) act(action);
}

type DispatchedName = Exclude<ActionName, 'back' | 'forward' | 'reload'>;

function actionOf(state: SessionState, name: DispatchedName, minutes: number | undefined): Action | undefined {
  switch (name) {
    case 'request':
      return { type: 'request', mode: 'screen-share' };
    case 'withdraw':
      return state.request ? { type: 'withdraw', requestId: state.request.id } : undefined;
    case 'laser':
    case 'pencil':
      return toggled(state, name);
    case 'eraseOwn':
      return { type: 'clear-annotations', scope: 'own' };
    case 'eraseAll':
      return { type: 'clear-annotations', scope: 'all' };
    case 'control':
      if (isControlling(state)) return { type: 'step-down' };
      return { type: 'request', mode: 'remote-control', ...(minutes === undefined ? {} : { limits: { minutes } }) };
    case 'fullDevice':
      return state.mode === 'full-device' ? { type: 'step-down' } : { type: 'request', mode: 'full-device' };
    case 'refresh':
      return { type: 'resync' };
    default:
      return { type: name };
  }
}

// the swatch that is shown as chosen is the colour that is drawn with
function toggled(state: SessionState, tool: Exclude<Tool, 'none'>): Action {
  return { type: 'set-tool', tool: state.tool === tool ? 'none' : tool, color: chosenColor(state).value };
}

/** The swatch of the person's ink: a colour from the token that is none of ours stands as the first. */
export function chosenColor(state: SessionState | undefined): InkColor {
  return INK_COLORS.find(({ value }) => value === state?.color) ?? INK_COLORS[0]!;
}

export function chooseColor({ state, act }: Desk, { value }: InkColor): void {
  act({ type: 'set-tool', tool: state?.tool ?? 'none', color: value });
}

export function colorName(words: AgentLocalize, { name }: InkColor): string {
  return words.term(`agentColor${name[0]!.toUpperCase()}${name.slice(1)}` as AgentKey);
}

/** Why something can't be used now, in words; undefined where it can. */
export function reasonOf(words: AgentLocalize, offer: Offer): string | undefined {
  if (typeof offer === 'string') return undefined;
  return 'why' in offer ? words.term(offer.why) : errorText(words, offer.code);
}
