import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { CobrowseError, ErrorCode } from '../../protocol/index.js';
import type { AgentKey } from '../i18n/agent/en.js';
import type { Situation } from '../internal/agent-situation.js';
import {
  consumerName,
  endText,
  errorText,
  isolated,
  modeName,
  outcomeText,
  type AgentLocalize,
} from '../internal/agent-words.js';
import { icons } from '../internal/icons.js';
import { askerOf } from '../session/request-people.js';
import type { SessionState } from '../session/types.js';
import { pictures } from './illustrations.js';

/** When a load counts as slow. */
const SLOW_SECONDS = 5;

/** What the view tells instead of, or over, the picture. */
export interface Panel {
  /** Its slot, which is also its name in styles. */
  readonly name: string;
  readonly sign: SVGTemplateResult;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly actions: readonly PanelAction[];
}

export interface PanelAction {
  readonly label: string;
  readonly icon: SVGTemplateResult;
  readonly look: 'accent' | 'outline';
  readonly does: 'request' | 'withdraw' | 'view' | 'resync' | 'copy';
}

export interface PanelContext {
  readonly words: AgentLocalize;
  readonly situation: Situation;
  readonly state: SessionState | undefined;
  /** The page waits for the consumer's answer to a message of the browser. */
  readonly isDialogOpen: boolean;
  readonly site: string;
  readonly failure: CobrowseError | null;
  /** Why the captured screen can't be shown at this desk. */
  readonly screenError: ErrorCode | null;
  readonly copied: boolean;
  readonly now: number;
}

/** The panel of a situation; undefined while the picture speaks for itself. */
export function panelOf(context: PanelContext): Panel | undefined {
  const { situation, state, words, isDialogOpen, screenError } = context;
  if (situation === 'live' && state?.screen?.source === 'screen' && screenError)
    return over('failed', icons.warning, words.term('agentScreenFailed'), errorText(words, screenError));
  if (situation === 'live') return isDialogOpen ? dialog(words) : undefined;
  if (state && situation in asked) return asked[situation]!(words, state);
  if (state && situation in shown) return shown[situation]!(context, state);
  return notConnected(context);
}

function dialog(words: AgentLocalize): Panel {
  return over('dialog', icons.hourglass, words.term('agentDialog'), words.term('agentDialogHint'));
}

function notConnected({ words, situation, state }: PanelContext): Panel {
  const text = situation === 'connecting' ? 'agentConnecting' : situation === 'reconnecting' ? 'agentLost' : undefined;
  const title = state?.error ? errorText(words, state.error.code) : words.term(text ?? 'agentNotConnected');
  return { name: 'waiting', sign: state?.error ? pictures.failed : pictures.waiting, title, actions: [] };
}

type Asked = (words: AgentLocalize, state: SessionState) => Panel;

/** Before there is a picture, and after it. */
const asked: Partial<Record<Situation, Asked>> = {
  idle: waiting,
  withdrawn: waiting,
  waiting: (words, state) => ({
    name: 'requested',
    sign: pictures.requested,
    title: isMine(state)
      ? words.term('agentWaiting')
      : words.term('agentWaitingOther', { agent: isolated(state.request?.agent.name ?? '') }),
    hint: words.term('agentWaitingHint'),
    actions: isMine(state) ? [action(words, 'withdraw', 'agentWithdraw', icons.withdraw, 'outline')] : [],
  }),
  denied: (words, state) => ({
    name: 'denied',
    sign: pictures.closed,
    title: outcomeText(words, state),
    hint: words.term('agentDeniedHint'),
    actions: [],
  }),
  refused: (words, state) => ({
    name: 'denied',
    sign: pictures.closed,
    title: outcomeText(words, state),
    actions: again(words, state, 'outline'),
  }),
  expired: (words, state) => ({
    name: 'expired',
    sign: pictures.expired,
    title: outcomeText(words, state),
    actions: again(words, state, 'accent'),
  }),
  allowed: (words, state) => ({
    name: 'allowed',
    sign: pictures.allowed,
    title: words.term('agentAllowed', {
      consumer: consumerName(words, state),
      mode: modeName(words, state.lastOutcome?.request.mode ?? 'screen-share'),
    }),
    hint: words.term('agentAllowedHint'),
    actions: state.role === 'agent' ? [action(words, 'view', 'agentView', icons.view, 'accent')] : [],
  }),
  ended: (words, state) => ({
    name: 'ended',
    sign: pictures.ended,
    title: endText(words, state),
    hint: words.term('agentEndedHint'),
    actions: [],
  }),
};

function waiting(words: AgentLocalize, state: SessionState): Panel {
  const hint =
    state.role === 'observer'
      ? words.term('agentIdleWatching')
      : words.term('agentIdleHint', { request: words.term('agentRequest') });
  return { name: 'waiting', sign: pictures.waiting, title: words.term('agentIdle'), hint, actions: [] };
}

function again(words: AgentLocalize, { offers }: SessionState, look: 'accent' | 'outline'): PanelAction[] {
  return offers.modes.includes('screen-share') ? [action(words, 'request', 'agentAskAgain', icons.request, look)] : [];
}

function isMine({ request, me, role }: SessionState): boolean {
  return role === 'agent' && request !== null && askerOf(request).id === me?.id;
}

type Shown = (context: PanelContext, state: SessionState) => Panel;

/** Over the last picture. */
const shown: Partial<Record<Situation, Shown>> = {
  loading: ({ words, now }, { view }) => {
    const slow = now - view.since > SLOW_SECONDS * 1000;
    return over('loading', icons.hourglass, words.term(slow ? 'agentLoadingSlow' : 'agentLoading'));
  },
  hidden: ({ words }, state) =>
    over('hidden', icons.unseen, words.term('agentHidden'), words.term(unseenKey(state) ?? 'agentHiddenHint')),
  elsewhere: ({ words }, state) =>
    over(
      'elsewhere',
      icons.desktop,
      words.term('agentElsewhere'),
      words.term(unseenKey(state) ?? 'agentElsewhereHint'),
    ),
  away: ({ words, site }) =>
    over('away', icons.desktop, words.term('agentAway', { site: isolated(site) }), words.term('agentAwayHint')),
  paused: ({ words }) => over('paused', icons.pause, words.term('agentPaused'), words.term('agentPausedHint')),
  reconnecting: ({ words }, { connection }) =>
    over(
      'reconnecting',
      icons.offline,
      words.term('agentLost'),
      words.term(connection === 'online' ? 'agentLostConsumer' : 'agentLostYou'),
    ),
  frozen: ({ words, now }, { view }) => ({
    ...over(
      'frozen',
      icons.clock,
      words.term('agentFrozen', { seconds: words.number(Math.max(0, Math.round((now - view.since) / 1000))) }),
      words.term('agentFrozenHint'),
    ),
    actions: [refresh(words)],
  }),
  failed: ({ words, failure, copied }) => ({
    ...over('failed', icons.warning, words.term('agentFailed'), failure ? failureHint(words, failure) : undefined),
    actions: [
      refresh(words),
      action(words, 'copy', copied ? 'agentCopied' : 'agentCopyDetails', copied ? icons.check : icons.copy, 'outline'),
    ],
  }),
};

/** In full device: what an agent can't see, because nothing is captured. */
export function unseenKey({ screen }: SessionState): AgentKey | undefined {
  switch (screen?.capture) {
    case 'unavailable':
    case 'refused':
      return 'agentOthersUnseen';
    case 'off':
    case 'asking':
      return 'agentNotChosen';
    case 'muted':
      return 'agentCaptureMuted';
    default:
      return undefined;
  }
}

function failureHint(words: AgentLocalize, { code }: CobrowseError): string {
  return code === 'mirror-failed' ? code : `${errorText(words, code)} (${code})`;
}

function over(name: string, sign: SVGTemplateResult, title: string, hint?: string): Panel {
  return { name, sign, title, hint, actions: [] };
}

function refresh(words: AgentLocalize): PanelAction {
  return action(words, 'resync', 'agentRefresh', icons.refresh, 'accent');
}

function action(
  words: AgentLocalize,
  does: PanelAction['does'],
  label: AgentKey,
  icon: SVGTemplateResult,
  look: PanelAction['look'],
): PanelAction {
  return { label: words.term(label), icon, look, does };
}

/** The panel in its slot: a vendor may replace the whole, its icon, or add actions. */
export function renderPanel(
  panel: Panel,
  act: (does: PanelAction['does']) => void,
  details: string | null,
): TemplateResult {
  const { name, sign, title, hint, actions } = panel;
  return html`
    <slot name=${name}>
      <div class="state" part="state" data-name=${name}>
        <div class="state__icon" part="state-icon"><slot name="state-icon">${sign}</slot></div>
        <div class="state__text" part="state-text">
          <p class="state__title">${title}</p>
          ${hint ? html`<p class="state__hint">${hint}</p>` : nothing}
          ${details === null ? nothing : html`<pre class="state__details" tabindex="0">${details}</pre>`}
        </div>
        <div class="state__actions" part="state-actions">
          ${actions.map(
            ({ label, icon, look, does }) =>
              html`<button type="button" class="button ${look}" @click=${() => act(does)}>${icon}${label}</button>`,
          )}
          <slot name="actions"></slot>
        </div>
      </div>
    </slot>
  `;
}
