import { html, nothing, type TemplateResult } from 'lit';
import { consumerName, type AgentLocalize } from '../internal/agent-words.js';
import { icons, pointerIcon } from '../internal/icons.js';
import { cssVariables } from '../internal/css-variables.js';
import type { SessionState } from '../session/types.js';
import type { DeviceLook } from './device-look.js';

export interface DeviceFrameContext {
  readonly words: AgentLocalize;
  readonly state: SessionState | undefined;
  readonly look: DeviceLook;
  /** What the agent's pointer draws with. */
  readonly tool: SessionState['tool'];
  readonly badge: unknown;
}

/** Sizes and places for the styles, in CSS pixels. @param fit how much smaller the device is shown than it is. */
export function deviceVariables(look: DeviceLook, fit: number): unknown {
  const { device, page, zoom, x, y, height } = look;
  return cssVariables({
    '--_device-w': device.width * fit,
    '--_device-h': device.height * fit,
    '--_seen-h': height * fit,
    '--_w': page.width,
    '--_h': page.height,
    '--_x': x,
    '--_y': y,
    // from the page's own pixels to those on the agent's screen
    '--_scale': fit * zoom,
  });
}

/**
 * The consumer's device, and in it the picture. The boxes of the stage are always there and never rendered anew: mirror and ink fill
 * them by themselves.
 */
export function renderDeviceFrame({ words, state, look, tool, badge }: DeviceFrameContext): TemplateResult {
  const label = tool === 'pencil' ? 'agentSurfacePencil' : 'agentSurfaceLaser';
  const isTall = look.device.height >= look.device.width;
  return html`
    <div
      class="frame-wrap"
      part="frame-wrap"
      data-device=${state?.page?.device ?? 'desktop'}
      data-held=${isTall ? 'upright' : 'sideways'}
      ?data-keyboard=${look.keyboard > 0}
    >
      <div class="glass">
        ${renderStage(words, state)}
        <div
          class="surface"
          part="capture"
          data-tool=${tool}
          role=${tool === 'none' ? nothing : 'application'}
          tabindex=${tool === 'none' ? nothing : '0'}
          aria-label=${tool === 'none' ? nothing : words.term(label)}
        >
          <span class="mark" hidden></span>
        </div>
      </div>
      <div class="focus-ring" part="focus-ring"></div>
      <div class="keyboard" part="keyboard" ?hidden=${look.keyboard === 0}>
        ${icons.keyboard}<span>${words.term('agentKeyboard')}</span>
      </div>
      ${badge}
    </div>
  `;
}

function renderStage(words: AgentLocalize, state: SessionState | undefined): TemplateResult {
  return html`
    <div class="stage" dir="ltr">
      <div class="mirror" part="mirror" data-label=${words.term('agentMirror')}></div>
      <canvas
        class="screen"
        part="screen"
        width="0"
        height="0"
        role="img"
        aria-label=${words.term('agentScreen')}
      ></canvas>
      <div class="ink" part="ink"></div>
      <div class="page-focus" part="page-focus" hidden></div>
      <div class="touches" part="touches" aria-hidden="true"></div>
      <div class="cursor" part="cursor" hidden>
        <span class="cursor__touch"></span>${pointerIcon}
        <span class="cursor__name" part="cursor-name">${state ? consumerName(words, state) : nothing}</span>
      </div>
    </div>
  `;
}
