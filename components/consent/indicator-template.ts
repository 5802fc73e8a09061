import { html, nothing, type TemplateResult } from 'lit';
import type { ConsumerKey } from '../i18n/consumer/en.js';
import type { Localize } from '../i18n/localize.js';
import { icons } from './icons.js';
import { avatar } from './question-template.js';

export interface IndicatorModel {
  readonly localize: Localize<ConsumerKey>;
  /** Decides colours and the icon. */
  readonly tone: 'waiting' | 'sharing' | 'controlled' | 'paused' | 'away' | 'ended';
  readonly agent: string;
  readonly text: TemplateResult;
  /** Time that is left of control, "4:05"; empty without a limit. */
  readonly timeLeft: string;
  /** Names of those who watch too; empty when there are none. */
  readonly observers: string;
  readonly isPill: boolean;
  readonly placement: string;
  /** `draw` is absent where the consumer may not draw. */
  readonly isDrawing: boolean | undefined;
  /** Whether the consumer looks at what the agent can't see. */
  readonly isHiddenShown: boolean;
  /** Buttons of full device. */
  readonly screen: unknown;
  readonly withoutPause: boolean;
  readonly shortcut: string;
  stop(event: Event): void;
  takeBack(event: Event): void;
  pause(event: Event): void;
  toggleSize(event: Event): void;
  draw(event: Event): void;
  showHidden(event: Event): void;
}

/** The bar or pill over the page. `part` names are those of the contract. */
export function indicatorTemplate(model: IndicatorModel): TemplateResult {
  const { localize, tone, agent, text, timeLeft, observers, isPill, placement } = model;
  return html`<section
    part="indicator"
    class="indicator ${tone} ${isPill ? 'pill' : 'bar'}"
    data-placement=${placement}
    aria-label=${localize.term('indicator')}
  >
    <span part="indicator-icon" class="avatar">${avatar(agent)}${badge(tone)}</span>
    <span class="lines" ?hidden=${isPill}>
      <span part="indicator-text" class="line">${text}</span>
      ${timeLeft ? countdown(model) : nothing}
      ${observers ? html`<span part="participants" class="line quiet">${observers}</span>` : nothing}
    </span>
    <span class="controls">${tone === 'ended' ? nothing : controls(model)}</span>
  </section>`;
}

function badge(tone: IndicatorModel['tone']): TemplateResult {
  const icon = tone === 'paused' ? icons.pause : tone === 'controlled' ? icons.cursor : undefined;
  return icon ? html`<span class="badge">${icon}</span>` : html`<span class="dot"></span>`;
}

function countdown({ localize, timeLeft }: IndicatorModel): TemplateResult {
  return html`<span part="countdown" class="line quiet" role="timer"
    >${localize.term('timeLeft', { time: timeLeft })}</span
  >`;
}

function takeBackButton({ localize, isPill, takeBack }: IndicatorModel): TemplateResult {
  const words = localize.term('takeBack');
  return html`<button
    part="take-back"
    type="button"
    class="button take-back ${isPill ? 'icon-only' : ''}"
    title=${isPill ? words : nothing}
    @click=${takeBack}
  >
    ${icons.takeBack}<span class=${isPill ? 'visually-hidden' : ''}>${words}</span>
  </button>`;
}

function controls(model: IndicatorModel): TemplateResult {
  const { localize, tone, isPill, isDrawing, isHiddenShown, draw, showHidden } = model;
  const canPause = !model.withoutPause && !isPill && tone !== 'waiting';
  const canLook = !isPill && tone !== 'waiting';
  return html`${isDrawing === undefined || isPill ? nothing : toggle(localize.term('draw'), icons.pen, isDrawing, draw)}
  ${canLook ? toggle(localize.term('showHidden'), icons.hidden, isHiddenShown, showHidden) : nothing}
  ${model.screen ?? nothing}${tone === 'controlled' ? takeBackButton(model) : nothing}${canPause ? pauseButton(model) : nothing}${stopButton(model)}${sizeButton(model)}`;
}

function toggle(name: string, icon: unknown, isOn: boolean, press: (event: Event) => void): TemplateResult {
  return html`<button
    type="button"
    class="button icon-only"
    aria-pressed=${isOn ? 'true' : 'false'}
    aria-label=${name}
    title=${name}
    @click=${press}
  >
    ${icon}
  </button>`;
}

function pauseButton({ localize, tone, pause }: IndicatorModel): TemplateResult {
  if (tone === 'paused')
    return html`<button part="resume" type="button" class="button" @click=${pause}>
      ${icons.resume}<span>${localize.term('resume')}</span>
    </button>`;
  return html`<button part="pause" type="button" class="button" @click=${pause}>
    ${icons.pause}<span><slot name="pause">${localize.term('pause')}</slot></span>
  </button>`;
}

function stopButton({ localize, tone, isPill, shortcut, stop }: IndicatorModel): TemplateResult {
  const words = localize.term(tone === 'waiting' ? 'cancel' : 'stop');
  const hint = shortcut ? localize.term('stopWith', { shortcut }) : words;
  return html`<button
    part="stop"
    type="button"
    class="button stop ${isPill ? 'icon-only' : ''}"
    aria-keyshortcuts=${shortcut || nothing}
    title=${shortcut || isPill ? hint : nothing}
    @click=${stop}
  >
    ${icons.stop}<span class=${isPill ? 'visually-hidden' : ''}
      ><slot name=${tone === 'waiting' ? nothing : 'stop'}>${words}</slot></span
    >
  </button>`;
}

function sizeButton({ localize, tone, isPill, toggleSize }: IndicatorModel): TemplateResult {
  if (tone === 'waiting') return html``;
  const name = localize.term(isPill ? 'expand' : 'collapse');
  return html`<button
    type="button"
    class="button icon-only size"
    aria-expanded=${isPill ? 'false' : 'true'}
    aria-label=${name}
    title=${name}
    @click=${toggleSize}
  >
    ${isPill ? icons.larger : icons.smaller}
  </button>`;
}
