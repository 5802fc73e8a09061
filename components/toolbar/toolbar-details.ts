import { html, nothing, type TemplateResult } from 'lit';
import { initials, isolated, roleName, type AgentLocalize } from '../internal/agent-words.js';
import { cssVariables } from '../internal/css-variables.js';
import { icons, signalIcon } from '../internal/icons.js';
import type { Participant, SessionState } from '../session/types.js';
import type { Desk } from './toolbar-desk.js';
import { isControlling } from './toolbar-model.js';

const shownCircles = 3;

/** The people of the session as circles, and the connection as bars: one button that says both in words. */
export function detailsButton(words: AgentLocalize, state: SessionState): TemplateResult {
  const quality = qualityOf(words, state);
  const people = sorted(state);
  return html`
    <button
      type="button"
      class="button item details"
      part="button quality"
      data-key="quality"
      data-tip=${`${words.term('agentDetails')} · ${quality.text}`}
      tabindex="-1"
      popovertarget="details"
      aria-haspopup="dialog"
      aria-label=${`${words.term('agentDetails')}, ${quality.text}`}
    >
      <span class="face" part="button__base">
        <span class="circles" aria-hidden="true">
          ${people.slice(0, shownCircles).map((person) => circle(person))}
          ${people.length > shownCircles ? html`<span class="more" data-initials=${`+${words.number(people.length - shownCircles)}`}></span>` : nothing}
        </span>
        <span class="signal" data-quality=${quality.name}>${quality.icon}</span>
      </span>
    </button>
  `;
}

/** The same in words. */
export function detailsPanel(desk: Desk, state: SessionState): TemplateResult {
  const { words } = desk;
  const quality = qualityOf(words, state);
  return html`
    <div
      id="details"
      class="menu panel"
      popover="auto"
      role="dialog"
      tabindex="-1"
      aria-label=${words.term('agentDetails')}
      @toggle=${desk.onMenuToggle}
      @keydown=${desk.onMenuKey}
    >
      <p class="panel__line">
        <span class="signal" data-quality=${quality.name}>${quality.icon}</span>
        <span>${quality.text}</span>
        ${
          state.latency === null || state.connection !== 'online'
            ? nothing
            : html`<span class="panel__note"
                >${words.term('agentLatency', { milliseconds: words.number(state.latency) })}</span
              >`
        }
      </p>
      <h2 class="panel__title">${words.term('agentParticipants')}</h2>
      <ul class="people" part="participants">
        ${sorted(state).map((person) => row(desk, state, person))}
      </ul>
    </div>
  `;
}

function row(desk: Desk, state: SessionState, person: Participant): TemplateResult {
  const { words } = desk;
  const isMe = state.me?.id === person.id;
  const name = html`<bdi>${person.name}</bdi>`;
  return html`
    <li>
      ${circle(person)}
      <span>${isMe ? around(words.raw('agentYou'), name) : name}</span>
      <span class="panel__note">${roleName(words, person.role)}</span>
      ${person.role === 'agent' && !isMe && isControlling(state) ? handOver(desk, state, person) : nothing}
    </li>
  `;
}

function handOver({ words, act, closeMenus }: Desk, state: SessionState, { id, name }: Participant): TemplateResult {
  const onClick = () => {
    closeMenus();
    act({ type: 'hand-over', to: id });
  };
  return html`<button
    type="button"
    class="button outline"
    part="hand-over"
    aria-label=${words.term('agentHandOverTo', { agent: isolated(name) })}
    ?disabled=${state.request !== null || state.connection !== 'online'}
    @click=${onClick}
  >
    ${words.term('agentHandOver')}
  </button>`;
}

function around(text: string, name: TemplateResult): TemplateResult {
  const [before = '', after = ''] = text.split('{name}');
  return html`${before}${name}${after}`;
}

function circle({ name, color }: Participant): TemplateResult {
  return html`<span
    class="circle"
    data-initials=${initials(name)}
    aria-hidden="true"
    ${cssVariables({ '--_color': color })}
  ></span>`;
}

// the consumer first, then the agents, then who only watches
function sorted({ participants }: SessionState): Participant[] {
  const order = { consumer: 0, agent: 1, observer: 2 };
  return [...participants].sort((a, b) => order[a.role] - order[b.role]);
}

/** The connection in a word and as bars. */
export function qualityOf(words: AgentLocalize, { connection, quality }: SessionState) {
  if (connection !== 'online') return { name: 'offline', text: words.term('agentOffline'), icon: icons.offline };
  if (quality === 'good') return { name: 'good', text: words.term('agentQualityGood'), icon: signalIcon(3) };
  if (quality === 'fair') return { name: 'fair', text: words.term('agentQualityFair'), icon: signalIcon(2) };
  return { name: 'poor', text: words.term('agentQualityPoor'), icon: signalIcon(1) };
}
