import type { ErrorCode, Mode } from '../../protocol/index.js';
import type { AgentKey } from '../i18n/agent/en.js';
import { isShowing, situationOf, type Situation } from '../internal/agent-situation.js';
import { askerOf } from '../session/request-people.js';
import type { SessionState, Tool } from '../session/types.js';

/** A button is not there, can be used, or says why it can't. */
export type Offer = 'hidden' | 'ready' | { readonly why: AgentKey } | { readonly code: ErrorCode };

/** The tools that `tools="…"` may name. */
export const TOOLBAR_TOOLS = ['laser', 'pencil', 'trash', 'undo'] as const;
export type ToolbarTool = (typeof TOOLBAR_TOOLS)[number];

/** What the toolbar shows, read off the state alone. */
export interface ToolbarModel {
  readonly situation: Situation;
  readonly showing: boolean;
  readonly request: Offer;
  readonly withdraw: Offer;
  readonly view: Offer;
  readonly laser: Offer;
  readonly pencil: Offer;
  readonly undo: Offer;
  readonly eraseOwn: Offer;
  readonly eraseAll: Offer;
  readonly control: Offer;
  readonly fullDevice: Offer;
  /** Commands for the consumer's browser: only in control. */
  readonly back: Offer;
  readonly forward: Offer;
  readonly reload: Offer;
  readonly refresh: Offer;
  readonly end: Offer;
}

const asking: readonly Situation[] = [
  'offline',
  'connecting',
  'idle',
  'denied',
  'expired',
  'withdrawn',
  'refused',
  'ended',
];

export function toolbarModel(state: SessionState | undefined, tools: readonly ToolbarTool[]): ToolbarModel {
  const situation = situationOf(state);
  const showing = state !== undefined && isShowing(state) && situation !== 'offline';
  const agent = state?.role !== 'observer';
  const drawing = showing && agent ? state : undefined;
  const tool = (name: ToolbarTool, offer: (shown: SessionState) => Offer): Offer =>
    drawing && tools.includes(name) ? offer(drawing) : 'hidden';
  return {
    situation,
    showing,
    request: agent && asking.includes(situation) ? requestOffer(state) : 'hidden',
    withdraw: agent && state?.request && askerOf(state.request).id === state.me?.id ? online(state) : 'hidden',
    view: agent && situation === 'allowed' ? 'ready' : 'hidden',
    laser: tool('laser', (shown) => penOffer(shown, 'laser')),
    pencil: tool('pencil', (shown) => penOffer(shown, 'pencil')),
    undo: tool('undo', (shown) => eraseOffer(shown, 'own')),
    eraseOwn: tool('trash', (shown) => eraseOffer(shown, 'own')),
    eraseAll: tool('trash', (shown) => eraseOffer(shown, 'all')),
    ...commands(drawing && isControlling(drawing) ? online(drawing) : 'hidden'),
    control: drawing ? modeOffer(drawing, 'remote-control') : 'hidden',
    fullDevice: drawing ? modeOffer(drawing, 'full-device') : 'hidden',
    refresh: showing ? refreshOffer(state) : 'hidden',
    end: agent && (showing || situation === 'allowed') ? 'ready' : 'hidden',
  };
}

function requestOffer(state: SessionState | undefined): Offer {
  if (!state?.session || state.connection === 'offline') return { why: 'agentNotConnected' };
  if (state.connection !== 'online') return { why: 'agentConnecting' };
  if (state.offers.modes.includes('screen-share')) return 'ready';
  return { code: state.reasons['screen-share'] ?? 'wrong-status' };
}

function online(state: SessionState): Offer {
  return state.connection === 'online' ? 'ready' : { why: 'agentNotConnected' };
}

function penOffer(state: SessionState, tool: Tool): Offer {
  return state.offers.tools.includes(tool) ? 'ready' : { why: whyNotNow(state) };
}

function eraseOffer(state: SessionState, scope: 'own' | 'all'): Offer {
  if (state.connection !== 'online') return { why: whyNotNow(state) };
  const own = state.annotations.some(({ author }) => author === state.me?.id);
  if (scope === 'own') return own ? 'ready' : { why: 'agentNoOwnDrawings' };
  return state.annotations.length > 0 ? 'ready' : { why: 'agentNoDrawings' };
}

function refreshOffer(state: SessionState): Offer {
  return state.connection === 'online' && state.status === 'active' ? 'ready' : { why: whyNotNow(state) };
}

/** Whether this agent has control. */
export function isControlling({ mode, controller, me }: SessionState): boolean {
  return mode === 'remote-control' && controller !== null && controller === me?.id;
}

function commands(offer: Offer): Pick<ToolbarModel, 'back' | 'forward' | 'reload'> {
  return { back: offer, forward: offer, reload: offer };
}

function modeOffer(state: SessionState, mode: Mode): Offer {
  const isOwn = mode === 'remote-control' ? isControlling(state) : state.mode === mode;
  if (isOwn) return online(state);
  const code = state.reasons[mode];
  if (code === 'mode-not-offered') return 'hidden';
  if (state.request && askerOf(state.request).id === state.me?.id) return { why: 'agentWaiting' };
  if (!code) return online(state);
  return code === 'request-pending' ? { code } : { why: whyNotNow(state) };
}

function whyNotNow(state: SessionState): AgentKey {
  if (state.connection !== 'online') return 'agentNotConnected';
  return state.status === 'paused' ? 'agentPaused' : 'agentNotNow';
}
