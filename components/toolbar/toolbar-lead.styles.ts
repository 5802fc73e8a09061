import { css } from 'lit';

/** What the toolbar says: status, times, the notification, who is there. */
export const leadStyles = css`
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
  .status[data-situation='loading'] .dot {
    --_dot: var(--_text-quiet);
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
  .control-timer {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    color: var(--_control);
    font-weight: 550;
  }
  .control-timer .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  :host(:state(controlled)) .bar {
    border-color: color-mix(in oklab, var(--_control) 60%, var(--_border));
  }
  .address-form {
    display: grid;
    grid-template-columns: minmax(12rem, 1fr) auto;
    gap: var(--_space-2);
  }
  .address-form label {
    grid-column: 1 / -1;
    color: var(--_text-quiet);
    font-size: 0.875em;
  }
  .address__field {
    min-inline-size: 0;
    padding: 0 0.625rem;
    border: var(--_border-width) solid color-mix(in oklab, var(--_text) 50%, var(--_surface));
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: inherit;
    font: inherit;
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
  :is(.circle, .more)::before {
    content: attr(data-initials);
  }
  .more {
    background: var(--_hover);
    color: var(--_text-quiet);
  }
  .circles > * + * {
    margin-inline-start: -0.1875rem;
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
`;
