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
  .button.end {
    color: var(--_danger);
  }
  .button.end:hover {
    background: color-mix(in oklab, var(--_danger) 12%, transparent);
    color: var(--_danger);
  }
  .icon-only .chevron {
    display: none;
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
  /* its track stands beside the icon, or under it */
  .bar .button.button[role='switch']:not(.keep-label) {
    min-inline-size: var(--_button);
    inline-size: auto;
    padding-inline: 0.375rem;
  }
  :host([orientation='vertical']) .bar .button.button[role='switch']:not(.keep-label) {
    block-size: auto;
    padding: 0.375rem 0;
  }
  :host([orientation='vertical']) .button[role='switch'] .face {
    flex-direction: column;
    gap: 0.25rem;
  }

  .chevron .icon {
    inline-size: 0.875rem;
    block-size: 0.875rem;
    margin-inline: -0.25rem;
    opacity: 0.7;
  }
  :is(.undo, .withdraw, .back, .forward):dir(rtl) .icon {
    scale: -1 1;
  }
  .bar:not([data-level='0']) .chevron,
  :host(:is([without-labels], [orientation='vertical'])) .chevron {
    display: none;
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
  .pens::before,
  .commands::before,
  .group.rare::before {
    content: '';
    inline-size: var(--_border-width);
    block-size: 1.375rem;
    margin-inline-end: 0.1875rem;
    background: var(--_border);
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
  .bar:is([data-level='3'], [data-level='4']) .pens::before,
  .bar[data-level='3'] .status[data-situation='live'] .chip,
  .bar[data-level='3'] .status:not([data-situation='live']) ~ .timer {
    display: none;
  }
  .bar[data-level='3'] {
    --_gap: var(--cobrowse-toolbar-gap, 0.125rem);
  }
  .bar[data-level='4'] {
    flex-wrap: wrap;
  }
  .bar[data-level='4'] :is(.status, .notification):not(.silent) {
    flex: 1 1 100%;
    padding-block: 0.25rem;
    white-space: normal;
  }
  .bar[data-level='4'] .status.short {
    flex: 1 1 60%;
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
  }
  :host([orientation='vertical']) .group::before {
    inline-size: 1.375rem;
    block-size: var(--_border-width);
    margin: 0 0 0.1875rem;
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
    .button.outline {
      border-color: ButtonText;
    }
    .button.accent:not([aria-disabled]) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .sign.good {
      background: none;
      color: CanvasText;
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
