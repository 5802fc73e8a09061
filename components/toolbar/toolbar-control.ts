import { html, nothing, type TemplateResult } from 'lit';
import type { StepDownReason } from '../../protocol/index.js';
import type { AgentKey } from '../i18n/agent/en.js';
import { isolated, type AgentLocalize } from '../internal/agent-words.js';
import { closePopup } from '../internal/popup.js';
import type { SessionState } from '../session/types.js';
import { actionButton, toolbarButton } from './toolbar-buttons.js';
import { icons } from '../internal/icons.js';
import type { Desk } from './toolbar-desk.js';

/** Back, forward, reload and another address, while this agent has control. */
export function pageCommands(desk: Desk): TemplateResult | typeof nothing {
  if (desk.model.back === 'hidden') return nothing;
  const { words } = desk;
  const look = 'icon-only command';
  return html`
    <div class="group commands" part="group" role="group" aria-label=${words.term('agentPage')}>
      ${actionButton(desk, 'back', 'agentBack', { part: 'back', look })}
      ${actionButton(desk, 'forward', 'agentForward', { part: 'forward', look })}
      ${actionButton(desk, 'reload', 'agentReload', { part: 'reload', look })}
      ${toolbarButton({
        part: 'address',
        label: words.term('agentAddress'),
        icon: icons.address,
        opens: 'address-panel',
        popup: 'dialog',
        look,
      })}
    </div>
  `;
}

/** Where to go, on the consumer's own site. */
export function addressPanel(desk: Desk): TemplateResult | typeof nothing {
  if (desk.model.back === 'hidden') return nothing;
  const { words, state } = desk;
  return html`
    <div
      id="address-panel"
      class="menu panel"
      popover="auto"
      role="dialog"
      tabindex="-1"
      aria-label=${words.term('agentAddress')}
      @toggle=${desk.onMenuToggle}
      @keydown=${onKey}
    >
      <form class="address-form" @submit=${(event: SubmitEvent) => onGo(event, desk)}>
        <label for="address">${words.term('agentAddressLabel')}</label>
        <input
          id="address"
          name="address"
          class="address__field"
          part="address-field"
          type="text"
          inputmode="url"
          dir="ltr"
          autocomplete="off"
          spellcheck="false"
          maxlength="1000"
          required
          .value=${state?.page?.url ?? '/'}
        />
        <button type="submit" class="button accent" part="address-go">${words.term('agentGo')}</button>
      </form>
    </div>
  `;
}

function onGo(event: SubmitEvent, desk: Desk): void {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  const address = new FormData(form).get('address') as string;
  closePopup(form.parentElement!);
  desk.command('go', address.trim());
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.stopPropagation();
  closePopup(event.currentTarget as HTMLElement);
}

/** How long control goes on. */
export function controlTimer({ words, state, now }: Desk): TemplateResult | typeof nothing {
  if (state?.mode !== 'remote-control' || state.grant?.until == null) return nothing;
  const time = words.duration((state.grant.until - now) / 1000);
  const text = words.term('agentTimeLeft', { time });
  return html`<span class="timer control-timer" part="timer" role="timer" aria-label=${text}
    >${icons.clock}<span aria-hidden="true">${time}</span></span
  >`;
}

const endings: Partial<Record<StepDownReason, AgentKey>> = {
  consumer: 'agentControlTakenBack',
  expired: 'agentControlOver',
  left: 'agentControlLost',
  'not-offered': 'agentControlNotOffered',
};

/** Why control, which this agent had, is over without its doing. */
export function controlEnding(words: AgentLocalize, { stepDown, mode }: SessionState): string | null {
  const key = mode === 'screen-share' && stepDown ? endings[stepDown] : undefined;
  return key ? words.term(key) : null;
}

/** "Bo has control", for those who have it not. */
export function otherController(words: AgentLocalize, state: SessionState): string | null {
  const { mode, controller, me, participants } = state;
  if (mode !== 'remote-control' || controller === null || controller === me?.id) return null;
  const name = participants.find(({ id }) => id === controller)?.name;
  return words.term('agentHasControl', { agent: name ? isolated(name) : words.term('agentTheAgent') });
}
