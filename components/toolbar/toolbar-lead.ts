import { html, nothing, svg, type TemplateResult } from 'lit';
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
import { cssVariables } from '../internal/css-variables.js';
import { icons } from '../internal/icons.js';
import { askerOf } from '../session/request-people.js';
import type { PendingRequest, SessionState } from '../session/types.js';
import { otherController } from './toolbar-control.js';
import type { Desk } from './toolbar-desk.js';

type Lead = Pick<Desk, 'words' | 'state' | 'model'>;

const quiet: readonly Situation[] = ['idle', 'withdrawn', 'allowed'];

/** The line of status. It is a live region: it stays in the tree, and holds words only while there is something to say. */
export function statusLine(lead: Lead): TemplateResult {
  const { state, model } = lead;
  const showing = model.showing && state;
  const silent = !showing && quiet.includes(model.situation) && !state?.error;
  return html`
    <div
      class="status ${silent ? 'silent' : showing ? 'short' : ''}"
      part="status"
      role="status"
      data-situation=${model.situation}
    >
      ${silent ? nothing : showing ? chip(lead, state) : sentence(lead)}
    </div>
  `;
}

const short: Partial<Record<Situation, AgentKey>> = {
  paused: 'agentPausedShort',
  hidden: 'agentHiddenShort',
  reconnecting: 'agentReconnecting',
};
const long: Partial<Record<Situation, AgentKey>> = {
  paused: 'agentPaused',
  hidden: 'agentHidden',
  reconnecting: 'agentLost',
  elsewhere: 'agentElsewhere',
  failed: 'agentFailed',
  loading: 'agentLoading',
};

/** While the page is shown: a dot, the mode in two words, and for screen readers the whole sentence. */
function chip({ words, model }: Lead, state: SessionState): TemplateResult {
  const { situation } = model;
  const other = otherController(words, state);
  const asked = state.request?.mode === 'full-device' ? 'agentFullDeviceAsked' : 'agentControlAsked';
  const mode = state.request ? words.term(asked) : (other ?? modeTitle(words, state));
  const key = long[situation];
  const sentence = key ? words.term(key) : showingText(words, state, other);
  return html`
    <span class="dot" aria-hidden="true"></span>
    <span class="chip" aria-hidden="true">${short[situation] ? words.term(short[situation]) : mode}</span>
    <span class="visually-hidden">${sentence}</span>
  `;
}

function showingText(words: AgentLocalize, state: SessionState, other: string | null): string {
  if (state.request) return waitingText(words, state);
  return other ? `${other}.` : words.term('agentViewing', { consumer: consumerName(words, state) });
}

function modeTitle(words: AgentLocalize, { mode }: SessionState): string {
  if (mode === 'remote-control') return words.term('agentControlling');
  return words.term(mode === 'full-device' ? 'agentFullDeviceOn' : 'agentLive');
}

function sentence(lead: Lead): TemplateResult {
  const { icon, text } = sentenceOf(lead);
  return html`<span class="sign">${icon}</span><span class="sentence">${text}</span>`;
}

function sentenceOf({ words, state, model }: Lead) {
  if (state?.error && model.situation !== 'waiting' && model.situation !== 'ended') {
    return { icon: icons.warning, text: errorText(words, state.error.code) };
  }
  switch (model.situation) {
    case 'connecting':
      return { icon: icons.hourglass, text: words.term('agentConnecting') };
    case 'reconnecting':
      return { icon: icons.offline, text: words.term('agentLost') };
    case 'waiting':
      return { icon: nothing, text: waitingText(words, state!) };
    case 'denied':
    case 'refused':
      return { icon: icons.denied, text: outcomeText(words, state!) };
    case 'expired':
      return { icon: icons.clock, text: outcomeText(words, state!) };
    case 'ended':
      return { icon: icons.check, text: endText(words, state!) };
    default:
      return { icon: icons.offline, text: words.term('agentNotConnected') };
  }
}

function waitingText(words: AgentLocalize, { request, me }: SessionState): string {
  if (!request || askerOf(request).id === me?.id) return words.term('agentWaiting');
  return words.term('agentWaitingOther', { agent: isolated(askerOf(request).name) });
}

const circumference = 2 * Math.PI * 8;

/** How long the consumer still has, as a ring that empties and as minutes and seconds. */
export function countdown(words: AgentLocalize, request: PendingRequest, total: number, now: number): TemplateResult {
  const left = Math.max(0, request.expiresAt - now) / 1000;
  const share = Math.min(1, left / Math.max(1, total));
  return html`
    <span
      class="countdown"
      part="timer"
      role="timer"
      aria-label=${words.term('agentTimeLeft', { time: words.duration(left) })}
    >
      <svg class="ring" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        ${svg`<circle cx="10" cy="10" r="8" class="ring__track"></circle>
        <circle cx="10" cy="10" r="8" class="ring__rest" ${cssVariables({ '--_spent': circumference * (1 - share) })}></circle>`}
      </svg>
      <span aria-hidden="true">${words.duration(left)}</span>
    </span>
  `;
}

/** How long the session has been going on. */
export function elapsed(words: AgentLocalize, startedAt: number, now: number): TemplateResult {
  const time = words.duration(Math.max(0, Math.floor((now - startedAt) / 1000)));
  return html`<span class="timer" part="timer" role="timer" aria-label=${words.term('agentElapsed', { time })}
    ><span aria-hidden="true">${time}</span></span
  >`;
}

/** The consumer said yes: what to do next, in sight and at once for a screen reader. */
export function notification({ words, state, model }: Lead): TemplateResult | typeof nothing {
  if (model.situation !== 'allowed' || !state) return nothing;
  const mode = modeName(words, state.lastOutcome?.request.mode ?? 'screen-share');
  return html`
    <div class="notification" part="notification" role="alert">
      <span class="sign good">${icons.check}</span>
      <span class="sentence">${words.term('agentAllowed', { consumer: consumerName(words, state), mode })}</span>
    </div>
  `;
}
