import { css } from 'lit';

export const styles = css`
  :host {
    --_gap: var(--cobrowse-toolbar-gap, 0.25rem);
    --_button: var(--cobrowse-toolbar-button-size, var(--_target-size));
    --_target-size: var(--cobrowse-target-size, 2.25rem);
    display: block;
    min-inline-size: 0;
    color: var(--_text);
    font-family: var(--_font-family);
    font-size: var(--_font-size);
    line-height: 1.3;
  }
  :host([size='s']) {
    --_target-size: var(--cobrowse-target-size, 2rem);
    font-size: calc(var(--_font-size) * 0.9);
  }
  .root {
    display: contents;
  }

  .bar {
    display: flex;
    align-items: center;
    gap: var(--_gap);
    min-block-size: calc(var(--_button) + 2 * var(--_pad) + 2px);
    padding: var(--_pad);
    --_pad: 0.375rem;
    border: var(--_border-width) solid var(--_border);
    border-radius: calc(var(--_radius-control) + var(--_pad));
    background: var(--_surface);
    box-shadow: 0 1px 2px rgb(9 30 42 / 0.06);
  }
  .space {
    flex: 1 1 0;
    min-inline-size: 0;
  }
  .bar > * {
    flex: none;
  }
  .bar > .space {
    flex: 1 1 0;
  }

  /* --- buttons */
  .button {
    position: relative;
    min-block-size: var(--_button);
    min-inline-size: var(--_button);
    padding: 0 0.625rem;
    font-weight: 550;
    white-space: nowrap;
  }
  .button svg {
    inline-size: 1.25rem;
    block-size: 1.25rem;
  }
  .face {
    display: flex;
    align-items: center;
    gap: 0.4375rem;
  }
  .button.accent {
    padding-inline: 0.75rem 0.9375rem;
    font-weight: var(--_font-weight-strong);
  }
  .button.outline {
    padding-inline: 0.625rem 0.8125rem;
  }
  .button[aria-disabled] {
    opacity: 1;
    pointer-events: auto;
    color: color-mix(in oklab, var(--_text) 42%, var(--_surface));
  }
  .button[aria-disabled]:hover,
  .button[aria-disabled]:active {
    background: transparent;
  }
  .button.accent[aria-disabled],
  .button.accent[aria-disabled]:hover {
    background: var(--_hover);
    color: color-mix(in oklab, var(--_text) 55%, var(--_surface));
  }
  .button.end:hover {
    background: color-mix(in oklab, var(--_danger) 12%, transparent);
    color: var(--_danger);
  }
  .icon-only .label,
  :host([without-labels]) .button:not(.keep-label) .label,
  :host([orientation='vertical']) .button:not(.keep-label) .label,
  .bar:not([data-level='0']) .button:not(.keep-label) .label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .bar:not([data-level='0']) .button:not(.keep-label, .details),
  :host([without-labels]) .button:not(.keep-label, .details),
  .button.icon-only {
    padding-inline: 0;
    inline-size: var(--_button);
  }

  /* --- groups stand apart by a hair line */
  .group,
  .colors {
    display: flex;
    align-items: center;
    gap: var(--_gap);
  }
  .group,
  .color-button {
    margin-inline-start: 0.1875rem;
  }
  .pens,
  .group.rare {
    padding-inline-start: 0.4375rem;
    border-inline-start: var(--_border-width) solid color-mix(in oklab, var(--_border) 80%, transparent);
  }

  /* --- a pen that is on wears its ink */
  .pen .icon {
    box-sizing: content-box;
    margin: -0.25rem;
    padding: 0.25rem;
    border-radius: 0.4375rem;
    transition:
      background-color var(--_duration) var(--_easing),
      color var(--_duration) var(--_easing);
  }
  .pen .face {
    gap: 0.625rem;
  }
  .pen[aria-pressed='true'] {
    background: color-mix(in oklab, var(--_ink) 13%, transparent);
    box-shadow: inset 0 0 0 1.5px color-mix(in oklab, var(--_ink) 70%, var(--_text) 12%);
  }
  .pen[aria-pressed='true'] .icon {
    background: var(--_ink);
    color: #fff;
  }

  /* --- colours */
  .colors {
    gap: 0;
    padding-inline: 0.125rem;
  }
  .swatch {
    appearance: none;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 1.625rem;
    block-size: var(--_button);
    padding: 0;
    border: 0;
    border-radius: 0.5rem;
    background: none;
    cursor: pointer;
  }
  .swatch::before {
    content: '';
    inline-size: 0.9375rem;
    block-size: 0.9375rem;
    border-radius: 50%;
    background: var(--_ink);
    box-shadow:
      inset 0 0 0 1px color-mix(in oklab, var(--_text) 22%, transparent),
      0 0 0 0 transparent;
    transition:
      scale var(--_duration) var(--_easing),
      box-shadow var(--_duration) var(--_easing);
  }
  .swatch:hover::before {
    scale: 1.18;
  }
  .swatch[aria-checked='true']::before {
    box-shadow:
      inset 0 0 0 1px color-mix(in oklab, var(--_text) 22%, transparent),
      0 0 0 2px var(--_surface),
      0 0 0 4px var(--_text);
  }
  .swatch[aria-disabled] {
    cursor: default;
  }
  .swatch[aria-disabled]::before {
    opacity: 0.4;
    scale: 1;
  }
  span.swatch {
    inline-size: 1.25rem;
    block-size: 1.25rem;
  }
  .color-button .swatch::before {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  .color-button {
    display: none;
  }

  /* --- what leads */
  .status {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding-inline: 0.5rem 0.25rem;
    font-weight: 550;
    white-space: nowrap;
  }
  .status.silent {
    padding: 0;
  }
  .sign {
    display: inline-flex;
    flex: none;
    color: var(--_text-quiet);
  }
  .sign:empty {
    display: none;
  }
  .dot {
    --_dot: var(--_success);
    position: relative;
    inline-size: 0.5625rem;
    block-size: 0.5625rem;
    flex: none;
    border-radius: 50%;
    background: var(--_dot);
  }
  .dot::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 50%;
    background: var(--_dot);
    animation: pulse 2.4s var(--_easing) infinite;
  }
  @keyframes pulse {
    from {
      opacity: 0.6;
    }
    70%,
    to {
      opacity: 0;
      scale: 2.6;
    }
  }
  .status:not([data-situation='live']) .dot {
    --_dot: var(--_warning);
  }
  .status:not([data-situation='live']) .dot::after {
    display: none;
  }
  .status[data-situation='failed'] .dot {
    --_dot: var(--_danger);
  }
  .timer,
  .countdown {
    font-variant-numeric: tabular-nums;
    color: var(--_text-quiet);
  }
  .timer {
    padding-inline-end: 0.5rem;
  }
  .countdown {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    padding-inline: 0.25rem 0.5rem;
  }
  .ring {
    rotate: -90deg;
  }
  .ring circle {
    fill: none;
    stroke-width: 2.6;
    stroke: var(--_border);
  }
  .ring .ring__rest {
    stroke: var(--_accent);
    stroke-linecap: round;
    stroke-dasharray: 50.27;
    stroke-dashoffset: var(--_spent, 0);
    transition: stroke-dashoffset 1s linear;
  }
  .notification {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding-inline: 0.375rem 0.375rem;
    font-weight: var(--_font-weight-strong);
    white-space: nowrap;
    animation: arrive 420ms var(--_easing);
  }
  .sign.good {
    padding: 0.125rem;
    border-radius: 50%;
    background: var(--_success);
    color: var(--_surface);
  }
  .sign.good .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      translate: 0 4px;
    }
  }
  .bar[data-situation='allowed'] {
    border-color: color-mix(in oklab, var(--_success) 55%, var(--_border));
    background: color-mix(in oklab, var(--_success) 7%, var(--_surface));
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_success) 16%, transparent);
  }
  .refusal {
    padding-inline: 0.5rem;
    color: var(--_danger);
    font-weight: 550;
  }

  /* --- who and how */
  .details {
    padding-inline: 0.5rem;
    color: var(--_text-quiet);
  }
  .circles {
    display: inline-flex;
  }
  .circle,
  .more {
    display: inline-grid;
    place-items: center;
    inline-size: 1.625rem;
    block-size: 1.625rem;
    flex: none;
    border-radius: 50%;
    background: color-mix(in oklab, var(--_color, var(--_accent)) 24%, var(--_surface));
    color: color-mix(in oklab, var(--_color, var(--_accent)) 45%, var(--_text));
    box-shadow: 0 0 0 2px var(--_surface);
    font-size: 0.6875rem;
    font-weight: 700;
    letter-spacing: 0.01em;
  }
  .more {
    background: var(--_hover);
    color: var(--_text-quiet);
  }
  .circles > * + * {
    margin-inline-start: -0.4375rem;
  }
  .signal {
    display: inline-flex;
  }
  .signal[data-quality='good'] {
    color: var(--_success);
  }
  .signal[data-quality='fair'] {
    color: var(--_warning);
  }
  .signal[data-quality='poor'],
  .signal[data-quality='offline'] {
    color: var(--_danger);
  }
  .panel {
    padding: var(--_space-3) var(--_space-4) var(--_space-4);
    gap: var(--_space-2);
    min-inline-size: 15rem;
  }
  .panel__line,
  .people li {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    margin: 0;
  }
  .panel__line {
    font-weight: 550;
  }
  .panel__note {
    margin-inline-start: auto;
    padding-inline-start: var(--_space-3);
    color: var(--_text-quiet);
    font-size: 0.875em;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .panel__title {
    margin: var(--_space-2) 0 0;
    color: var(--_text-quiet);
    font-size: 0.8125em;
    font-weight: var(--_font-weight-strong);
  }
  .people {
    display: grid;
    gap: var(--_space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  /* --- the switch of full device */
  .track {
    display: inline-flex;
    align-items: center;
    inline-size: 1.75rem;
    block-size: 1.0625rem;
    padding: 2px;
    border-radius: 1rem;
    background: color-mix(in oklab, var(--_text) 32%, transparent);
    transition: background-color var(--_duration) var(--_easing);
  }
  .thumb {
    inline-size: 0.8125rem;
    block-size: 0.8125rem;
    border-radius: 50%;
    background: #fff;
    transition: margin var(--_duration) var(--_easing);
  }
  [aria-checked='true'] .track {
    background: var(--_full-device);
  }
  [aria-checked='true'] .thumb {
    margin-inline-start: 0.6875rem;
  }
  .button[aria-pressed='true']:not(.pen) {
    background: color-mix(in oklab, var(--_control) 14%, transparent);
    color: var(--_control);
  }

  /* --- what has to give way */
  .overflow {
    display: none;
  }
  .bar:is([data-level='2'], [data-level='3'], [data-level='4']) .colors,
  .bar:is([data-level='2'], [data-level='3'], [data-level='4']) .circles,
  :host([orientation='vertical']) .colors,
  :host([orientation='vertical']) .circles {
    display: none;
  }
  .bar:is([data-level='2'], [data-level='3'], [data-level='4']) .color-button,
  :host([orientation='vertical']) .color-button {
    display: inline-flex;
  }
  .bar:is([data-level='3'], [data-level='4']) .rare {
    display: none;
  }
  .bar:is([data-level='3'], [data-level='4']) .overflow {
    display: inline-flex;
  }
  .bar:is([data-level='3'], [data-level='4']) .pens {
    padding-inline-start: 0.25rem;
    border: 0;
  }
  .bar[data-level='4'] {
    flex-wrap: wrap;
  }
  .bar[data-level='4'] :is(.status, .notification):not(.silent) {
    flex: 1 1 9rem;
    white-space: normal;
  }
  .bar[data-level='4'] .chip {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  /* --- standing */
  :host([orientation='vertical']) {
    display: inline-block;
    max-inline-size: 100%;
  }
  :host([orientation='vertical']) .bar {
    flex-direction: column;
    inline-size: min-content;
    min-inline-size: calc(var(--_button) + 2 * var(--_pad));
  }
  :host([orientation='vertical']) .group {
    flex-direction: column;
    margin: 0.1875rem 0 0;
    padding: 0.4375rem 0 0;
    border-inline-start: 0;
    border-block-start: var(--_border-width) solid var(--_border);
  }
  :host([orientation='vertical']) :is(.status, .notification, .countdown) {
    flex-direction: column;
    padding: 0.25rem;
    font-size: 0.75rem;
    text-align: center;
    white-space: normal;
  }
  :host([orientation='vertical']) .status.silent {
    padding: 0;
  }
  :host([orientation='vertical']) .timer {
    padding: 0;
    font-size: 0.75rem;
  }
  :host([orientation='vertical']) .keep-label .face {
    flex-direction: column;
    gap: 0.25rem;
    padding-block: 0.375rem;
    font-size: 0.75rem;
    white-space: normal;
  }

  @media (prefers-reduced-motion: reduce) {
    .dot::after,
    .notification {
      animation: none;
    }
    .ring .ring__rest {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .button {
      border-color: transparent;
    }
    .button.accent,
    .button.outline {
      border-color: ButtonText;
    }
    .button[aria-disabled] {
      color: GrayText;
    }
    .pen[aria-pressed='true'],
    .button[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
      box-shadow: none;
    }
    .swatch::before,
    .dot {
      forced-color-adjust: none;
    }
    .swatch[aria-checked='true']::before {
      box-shadow:
        0 0 0 2px Canvas,
        0 0 0 4px CanvasText;
    }
    .circle,
    .track {
      border: 1px solid CanvasText;
    }
    .thumb {
      background: CanvasText;
    }
    .signal {
      color: CanvasText !important;
    }
  }
`;
