import { html, nothing, type TemplateResult } from 'lit';
import type { ConsumerKey } from '../i18n/consumer/en.js';
import type { Localize, Values } from '../i18n/localize.js';
import type { PendingRequest } from '../session/types.js';
import { icons, type IconName } from './icons.js';
import type { QuestionKeys } from './question-words.js';
import { monogram, rich } from './rich-text.js';

/** Seconds before the end at which the time that is left is no longer said quietly. */
export const WARNING_SECONDS = 20;

export interface QuestionModel {
  readonly localize: Localize<ConsumerKey>;
  readonly request: PendingRequest;
  readonly keys: QuestionKeys;
  readonly values: Values;
  readonly policyUrl: string;
  /** Milliseconds, of this browser's clock. */
  readonly now: number;
  /** The longest that this question has had, milliseconds: the whole ring. */
  readonly whole: number;
  /** Something is shared already: the dialog has a way to stop it too. */
  readonly canStop: boolean;
  /** It has been there long enough for an answer. */
  readonly isSettled: boolean;
  answer(event: Event, decision: 'allow' | 'deny'): void;
  stop(event: Event): unknown;
  takeMoreTime(event: Event): unknown;
}

const pointIcons: Partial<Record<ConsumerKey, IconName>> = {
  'remote-control.yours': 'hand',
  'remote-control.mobile.yours': 'hand',
  'remote-control.limit': 'shield',
  'remote-control.mobile.limit': 'shield',
  hidden: 'shield',
  stopAnyTime: 'stop',
  onlyMinutes: 'clock',
};

const circumference = 2 * Math.PI * 23;

export function avatar(name: string): TemplateResult {
  return html`<slot name="icon"
    ><span class="monogram" aria-hidden="true">${monogram(name) || icons.person}</span></slot
  >`;
}

/** The question with its two buttons. `frame`: the roles of the place where it stands. */
export function questionTemplate(model: QuestionModel, isDialog: boolean): TemplateResult {
  const { keys, values, localize } = model;
  const group = isDialog ? nothing : 'group';
  return html`<div part="message" class="message" role=${group} aria-labelledby=${isDialog ? nothing : 'title'}>
    <slot name="logo"></slot>
    <div class="head">
      <span part="avatar" class="avatar">${avatar(String(values.agent))}${ring(model)}</span>
      <h2 part="title" id="title" class="title" tabindex="-1" ?autofocus=${isDialog}>
        <slot name="title">${rich(localize, keys.title, values)}</slot>
      </h2>
    </div>
    <div id="description" class="words">
      <p part="body" class="body"><slot name="body">${rich(localize, keys.body, values)}</slot></p>
      <ul part="points" class="points">
        ${keys.points.map((key) => point(model, key))}
      </ul>
    </div>
    ${legal(model)} ${actions(model)} ${time(model)}
  </div>`;
}

export function secondsLeft({ request, now }: Pick<QuestionModel, 'request' | 'now'>): number {
  return Math.max(0, Math.ceil((request.expiresAt - now) / 1000));
}

/** The button has its place before it is needed: nothing moves under the pointer when it comes. */
function time(model: QuestionModel): TemplateResult {
  const isSoon = secondsLeft(model) <= WARNING_SECONDS;
  const isOffered = isSoon && !model.request.hasMoreTime;
  return html`<div class="time">
    <p part="expiry" class="expiry ${isSoon ? 'soon' : ''}">${expiry(model)}</p>
    <button
      part="more-time"
      type="button"
      class="button more-time ${isOffered ? 'offered' : ''}"
      @click=${model.takeMoreTime}
    >
      ${model.localize.term('moreTime')}
    </button>
  </div>`;
}

function expiry(model: QuestionModel): TemplateResult {
  const left = secondsLeft(model);
  const time = model.localize.duration(left);
  return rich(model.localize, left <= WARNING_SECONDS ? 'expirySoon' : 'expiry', { time });
}

function point({ localize, values }: QuestionModel, key: ConsumerKey): TemplateResult {
  const icon = pointIcons[key] ?? (key.startsWith('screen-share') ? 'pen' : 'note');
  const part = key === 'hidden' ? 'hidden-note' : nothing;
  return html`<li part=${part}>${icons[icon]}<span>${rich(localize, key, values)}</span></li>`;
}

/** The time that is left, as a ring around the agent. The words are below the buttons. */
function ring({ request, now, whole }: QuestionModel): TemplateResult {
  const share = Math.max(0, Math.min(1, (request.expiresAt - now) / whole));
  return html`<svg part="countdown" class="ring" viewBox="0 0 48 48" aria-hidden="true">
    <circle class="track" cx="24" cy="24" r="23" pathLength=${circumference}></circle>
    <circle
      class="rest"
      cx="24"
      cy="24"
      r="23"
      stroke-dasharray=${circumference}
      stroke-dashoffset=${circumference * (1 - share)}
    ></circle>
  </svg>`;
}

function legal({ policyUrl, localize }: QuestionModel): TemplateResult {
  const link = policyUrl
    ? html`<a href=${policyUrl} target="_blank" rel="noopener">${localize.term('policy')}</a>`
    : nothing;
  return html`<p part="legal" class="legal ${policyUrl ? '' : 'empty'}"><slot name="legal">${link}</slot></p>`;
}

/** Both of one size and one weight: neither is the expected one. */
function actions(model: QuestionModel): TemplateResult {
  const { localize, canStop, stop } = model;
  return html`<div part="actions" class="actions">
    ${answerButton(model, 'allow', 'check')}${answerButton(model, 'deny', 'cross')}
    ${canStop ? html`<button type="button" class="button quiet" @click=${stop}>${localize.term('stop')}</button>` : nothing}
  </div>`;
}

function answerButton(
  { localize, answer, isSettled }: QuestionModel,
  decision: 'allow' | 'deny',
  icon: IconName,
): TemplateResult {
  return html`<button
    part=${decision}
    type="button"
    class="button answer"
    aria-disabled=${isSettled ? nothing : 'true'}
    @click=${(event: Event) => answer(event, decision)}
  >
    ${icons[icon]}<span><slot name=${decision}>${localize.term(decision)}</slot></span>
  </button>`;
}

/** What became of the question, in one line. */
export function afterTemplate(text: TemplateResult, icon: IconName): TemplateResult {
  return html`<div part="message" class="message settled">
    <p part="after" class="after">
      ${icons[icon]}<span><slot name="after">${text}</slot></span>
    </p>
  </div>`;
}
