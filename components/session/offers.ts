import { isOneOf, MODES, type ErrorCode, type Mode } from '../../protocol/index.js';
import type { LiveContext } from './live-context.js';
import type { SessionState, Tool } from './types.js';

/** What this version can do. Later modes are added here when they work. */
export const SUPPORTED_MODES: readonly Mode[] = ['screen-share'];

/** Consumer: its page's ceiling, its token's and what this version can do. */
export function offeredModes({ options, transport }: LiveContext): readonly Mode[] {
  const token = transport.identity.modes;
  return SUPPORTED_MODES.filter((mode) => (options.modes ?? MODES).includes(mode) && (!token || token.includes(mode)));
}

const noTools: readonly Tool[] = Object.freeze([]);
const agentTools: readonly Tool[] = Object.freeze(['laser', 'pencil']);

/** Tools of a person, by role and status. */
export function offeredTools(state: SessionState, consumerInk: boolean): readonly Tool[] {
  if (state.status !== 'active' || state.connection !== 'online') return noTools;
  return state.role === 'agent' || (state.role === 'consumer' && consumerInk) ? agentTools : noTools;
}

/** Agent: which modes can be asked for now, and why not the others. */
export function agentOffers(context: LiveContext): { modes: Mode[]; reasons: Partial<Record<Mode, ErrorCode>> } {
  const state = context.state();
  const ceiling = context.access.field('modes');
  const reasons: Partial<Record<Mode, ErrorCode>> = {};
  for (const mode of MODES) {
    const code = whyNot(
      mode,
      state,
      offeredModes(context).includes(mode) && (!ceiling || ceiling.some((value) => isOneOf([mode], value))),
    );
    if (code) reasons[mode] = code;
  }
  return { modes: MODES.filter((mode) => !reasons[mode]), reasons };
}

// the consumer needn't be there: a dormant page joins when the chat's message brings it the session
function whyNot(mode: Mode, state: SessionState, offered: boolean): ErrorCode | undefined {
  if (!offered) return 'mode-not-offered';
  if (state.connection !== 'online') return 'not-connected';
  if (state.request) return state.request.agent.id === state.me?.id ? undefined : 'request-pending';
  if (mode === 'screen-share')
    return state.status === 'idle' || state.status === 'ended' || state.status === 'requested'
      ? undefined
      : 'wrong-status';
  return state.status === 'active' && state.mode !== mode ? undefined : 'wrong-status';
}
