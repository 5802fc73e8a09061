import { html, nothing, type TemplateResult } from 'lit';
import type { AgentLocalize } from '../internal/agent-words.js';
import { icons } from '../internal/icons.js';
import type { SessionState } from '../session/types.js';
import type { Size } from './scale.js';

export interface HeaderContext {
  readonly words: AgentLocalize;
  readonly page: NonNullable<SessionState['page']>;
  readonly size: Size;
  readonly scale: number;
  /** Whether a person has chosen the size, so that it can be taken back. */
  readonly zoomed: boolean;
  readonly canZoom: { readonly in: boolean; readonly out: boolean };
  readonly fullscreen: 'off' | 'on' | 'impossible';
  readonly onZoom: (direction: 1 | -1 | 0) => void;
  readonly onFullscreen: () => void;
}

/** Which page it is, on what device, and how large it is shown. */
export function renderHeader(context: HeaderContext): TemplateResult {
  const { words, page, size } = context;
  const measure = `${words.number(size.width, whole)} × ${words.number(size.height, whole)}`;
  const mobile = page.device === 'mobile';
  const device = words.term(mobile ? 'agentMobile' : 'agentDesktop', { size: measure });
  return html`
    <header class="header" part="header">
      <slot name="header">
        <div class="page">
          <bdi class="page__title" part="page-title" title=${page.title}
            >${page.title || words.term('agentUntitled')}</bdi
          >
          <bdi class="page__url" part="page-url" dir="ltr" title=${page.url}>${page.url}</bdi>
        </div>
        <span class="device" part="device">
          ${mobile ? icons.mobile : icons.desktop}
          <span class="visually-hidden">${device}</span>
          <bdi class="device__size" aria-hidden="true">${measure}</bdi>
        </span>
      </slot>
      ${controls(context)}
    </header>
  `;
}

const whole = { maximumFractionDigits: 0, useGrouping: false };

function controls(context: HeaderContext): TemplateResult {
  const { words, scale, zoomed, canZoom, fullscreen, onZoom, onFullscreen } = context;
  const percent = words.number(scale, { style: 'percent' });
  return html`
    <div class="zoom" part="zoom" role="group" aria-label=${words.term('agentZoom')}>
      ${iconButton('agentZoomOut', icons.minus, canZoom.out, () => onZoom(-1))}
      <button
        type="button"
        class="button percent"
        aria-label=${`${percent}. ${words.term('agentZoomFit')}`}
        data-tip=${words.term('agentZoomFit')}
        aria-pressed=${zoomed ? 'false' : 'true'}
        @click=${() => onZoom(0)}
      >
        ${percent}
      </button>
      ${iconButton('agentZoomIn', icons.plus, canZoom.in, () => onZoom(1))}
    </div>
    ${
      fullscreen === 'impossible'
        ? nothing
        : html`<span part="fullscreen">
            ${iconButton(
              fullscreen === 'on' ? 'agentFullscreenExit' : 'agentFullscreen',
              fullscreen === 'on' ? icons.shrink : icons.expand,
              true,
              onFullscreen,
            )}
          </span>`
    }
  `;

  function iconButton(
    label: Parameters<AgentLocalize['term']>[0],
    icon: unknown,
    enabled: boolean,
    onClick: () => void,
  ): TemplateResult {
    const text = words.term(label);
    return html`<button
      type="button"
      class="button icon-only"
      aria-label=${text}
      data-tip=${text}
      aria-disabled=${enabled ? nothing : 'true'}
      @click=${enabled ? onClick : undefined}
    >
      ${icon}
    </button>`;
  }
}
