import { MODES, type ErrorCode, type Mode } from '../../protocol/index.js';
import type { LiveContext } from './live-context.js';
import { askerOf } from './request-people.js';
import type { SessionState, Tool } from './types.js';

/** What this version can do. Later modes are added here when they work. */
export const SUPPORTED_MODES: readonly Mode[] = ['screen-share', 'remote-control', 'full-device'];

type Offers = Pick<SessionState, 'offers' | 'reasons'>;

/** What this page, its token and this version allow: the ceiling of one side. */
export function ownModes({ options, transport }: LiveContext): readonly Mode[] {
  const token = transport.identity.modes;
  return SUPPORTED_MODES.filter((mode) => (options.modes ?? MODES).includes(mode) && (!token || token.includes(mode)));
}

/** The consumer offers what its page can do. */
export function consumerOffers(context: LiveContext): Offers {
  const modes = ownModes(context);
  const tools = context.options.consumerInk ? drawingTools(context.state()) : [];
  return { offers: { modes, tools }, reasons: {} };
}

/** What an agent can ask for and use now. The consumer's ceiling is known once its page has joined. */
export function agentOffers(context: LiveContext): Offers {
  const state = context.state();
  const ceiling = context.access.field('modes');
  const reasons: Partial<Record<Mode, ErrorCode>> = {};
  for (const mode of MODES) {
    const offered = ownModes(context).includes(mode) && (!ceiling || ceiling.includes(mode));
    const code = whyNot(mode, state, offered);
    if (code) reasons[mode] = code;
  }
  return { offers: { modes: MODES.filter((mode) => !reasons[mode]), tools: drawingTools(state) }, reasons };
}

export const NO_OFFERS: Offers = { offers: { modes: [], tools: [] }, reasons: {} };

/** The consumer need not have joined: its page may wait for the message that carries the session's id. */
function whyNot(mode: Mode, state: SessionState, offered: boolean): ErrorCode | undefined {
  if (!offered) return 'mode-not-offered';
  if (state.connection !== 'online') return 'not-connected';
  if (state.request && askerOf(state.request).id !== state.me?.id) return 'request-pending';
  return fits(mode, state) ? undefined : 'wrong-status';
}

function fits(mode: Mode, { status, mode: current, controller, me }: SessionState): boolean {
  if (mode === 'screen-share') return status === 'idle' || status === 'requested' || status === 'ended';
  if (status !== 'active') return false;
  if (mode === 'remote-control') return current === 'screen-share' || (current === mode && controller !== me?.id);
  return mode !== current;
}

/** Ink is anchored to elements of the mirror: there are none in a picture of the screen. */
function drawingTools({ status, screen }: SessionState): readonly Tool[] {
  return status === 'active' && screen?.source !== 'screen' ? ['laser', 'pencil'] : [];
}
