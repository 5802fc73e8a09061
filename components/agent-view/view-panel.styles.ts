import { css } from 'lit';

/** What is told instead of, or over, the picture. */
export const panelStyles = css`
  .overlay {
    position: relative;
    display: grid;
    place-items: safe center;
    padding: 1rem;
    overflow: auto;
    animation: appear 240ms var(--_easing);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .state {
    display: grid;
    justify-items: center;
    gap: var(--_space-4);
    max-inline-size: 24rem;
    text-align: center;
    text-wrap: balance;
  }
  .state p {
    margin: 0;
  }
  .state__title {
    font-size: 1.125em;
    font-weight: var(--_font-weight-strong);
    line-height: 1.35;
  }
  .state__hint {
    margin-block-start: 0.25rem !important;
    color: var(--_text-quiet);
  }
  .state__details {
    max-inline-size: 100%;
    margin-block: var(--_space-3) 0;
    padding: var(--_space-2) var(--_space-3);
    overflow: auto;
    border-radius: var(--_radius-control);
    background: var(--_hover);
    font-size: 0.75rem;
    text-align: start;
    user-select: all;
    -webkit-user-select: all;
    direction: ltr;
  }
  .state__actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space-2);
  }
  .state__actions .button {
    --_target-size: var(--cobrowse-target-size, 2.5rem);
    padding-inline: 0.8125rem 1rem;
  }
  .state__actions:not(:has(.button)) {
    display: contents;
  }

  /* over a picture, and while one loads: a card */
  .base[data-showing] .state {
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    justify-items: start;
    gap: var(--_space-3);
    padding: 0.875rem 1.25rem 0.875rem 1rem;
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow);
    text-align: start;
  }
  .base[data-showing] .state__title {
    font-size: 1em;
  }
  .base[data-showing] .state__hint {
    margin: 0 !important;
    font-size: 0.9375em;
  }
  .base[data-showing] .state__icon {
    display: grid;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .state:is([data-name='failed'], [data-name='frozen'], [data-name='reconnecting']) .state__icon {
    background: color-mix(in oklab, var(--_warning) 14%, transparent) !important;
    color: var(--_warning) !important;
  }
  .base[data-showing] .state__actions:has(.button) {
    grid-column: 1 / -1;
    justify-content: start;
    padding-block-start: 0.25rem;
  }
  .state[data-name='loading'] .state__icon,
  .state[data-name='reconnecting'] .state__icon {
    position: relative;
  }
  .state:is([data-name='loading'], [data-name='reconnecting']) .state__icon::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 2px solid transparent;
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  /* --- pictures of the empty view */
  .picture {
    display: block;
    max-inline-size: 100%;
  }
  .p-ground {
    fill: color-mix(in oklab, var(--_text) 6%, transparent);
  }
  .p-line {
    stroke: color-mix(in oklab, var(--_text-quiet) 62%, var(--_ground));
    stroke-width: 1.6;
  }
  .p-card {
    fill: var(--_surface);
  }
  .p-front {
    stroke: var(--_accent);
  }
  .p-dashed {
    stroke-dasharray: 4 4.5;
  }
  .p-dots {
    stroke-width: 3;
  }
  .p-text {
    stroke: color-mix(in oklab, var(--_text-quiet) 34%, var(--_surface));
    stroke-width: 4;
  }
  .p-accent-fill {
    fill: var(--_accent);
    stroke: var(--_accent);
    stroke-width: 1.4;
  }
  .p-soft {
    fill: color-mix(in oklab, var(--_accent) 18%, var(--_surface));
    stroke: none;
  }
  .p-good {
    fill: var(--_success);
    stroke: none;
  }
  .p-on {
    stroke: var(--_surface);
    stroke-width: 2.6;
  }
  .p-quiet {
    stroke: var(--_text-quiet);
    stroke-width: 2.2;
  }
  .p-warn {
    stroke: var(--_warning);
    stroke-width: 2.4;
  }
  .p-wait circle {
    fill: var(--_accent);
    animation: wait 1.4s ease-in-out infinite;
  }
  .p-wait circle:nth-child(2) {
    animation-delay: 0.18s;
  }
  .p-wait circle:nth-child(3) {
    animation-delay: 0.36s;
  }
  @keyframes wait {
    0%,
    60%,
    to {
      opacity: 0.28;
    }
    30% {
      opacity: 1;
      translate: 0 -3px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .overlay,
    .p-wait circle {
      animation: none;
    }
    .state__icon::after {
      animation-duration: 4s !important;
    }
  }

  @media (forced-colors: active) {
    .base[data-showing] .state {
      border: 1px solid CanvasText;
    }
    .button.accent {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
