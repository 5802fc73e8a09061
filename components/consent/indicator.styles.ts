import { css } from 'lit';

/** What lies over the page: ink, frame, and the bar that says who sees it. */
export const indicatorStyles = css`
  .overlay {
    position: fixed;
    inset: 0;
    display: none;
    inline-size: auto;
    block-size: auto;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    border: 0;
    overflow: clip;
    background: none;
    color: var(--_text);
    pointer-events: none;
    visibility: visible;
    font-family: var(--_font-family);
    font-size: var(--_font-size);
    font-weight: var(--_font-weight);
    line-height: var(--_line-height);
    letter-spacing: normal;
    text-transform: none;
    text-align: start;
    text-shadow: none;
    white-space: normal;
    cursor: auto;
  }
  .overlay:popover-open {
    display: block;
  }
  .overlay::backdrop {
    display: none;
  }
  .ink.drawing {
    pointer-events: auto;
    touch-action: none;
    cursor: crosshair;
  }
  .ink,
  .hidden-layer,
  .frame {
    position: absolute;
    inset: 0;
  }

  .frame {
    --_frame: var(--cobrowse-frame-color, var(--_accent));
    border: var(--cobrowse-frame-width, 3px) solid var(--_frame);
    box-shadow: inset 0 0 1.25rem -0.25rem color-mix(in oklab, var(--_frame) 50%, transparent);
    transition: opacity var(--_duration) var(--_easing);
  }
  .frame.controlled {
    --_frame: var(--cobrowse-frame-color, var(--_control));
    border-width: max(5px, var(--cobrowse-frame-width, 5px));
  }
  .frame.paused,
  .frame.away {
    border-style: dashed;
    opacity: 0.55;
    box-shadow: none;
  }

  .indicator {
    --_inset: var(--cobrowse-indicator-inset, 0.75rem);
    --_line: rgb(255 255 255 / 0.16);
    position: absolute;
    display: flex;
    align-items: center;
    gap: var(--_space-2) var(--_space-3);
    inline-size: max-content;
    max-inline-size: calc(100% - 2 * var(--_inset));
    padding: 0.375rem;
    padding-inline-start: 0.5rem;
    border: 1px solid var(--_line);
    border-radius: 1.625rem;
    background: var(--cobrowse-indicator-background, #10212b);
    color: #f3f8fa;
    color-scheme: dark;
    box-shadow:
      0 1px 2px rgb(4 16 24 / 0.3),
      0 10px 30px -8px rgb(4 16 24 / 0.5);
    pointer-events: auto;
    font-size: 0.875rem;
    line-height: 1.35;
    --_focus: #8ec5ff;
    --_hover: rgb(255 255 255 / 0.12);
    --_active: rgb(255 255 255 / 0.2);
  }
  .indicator .avatar {
    inline-size: 2rem;
    block-size: 2rem;
  }
  .indicator .monogram {
    inline-size: 2rem;
    block-size: 2rem;
    background: #86cbe8;
    color: #05222f;
    font-size: 0.75rem;
  }
  .dot,
  .badge {
    position: absolute;
    inset-block-end: -0.125rem;
    inset-inline-end: -0.125rem;
    inline-size: 0.75rem;
    block-size: 0.75rem;
    border: 2px solid #10212b;
    border-radius: 50%;
    background: #4fd694;
  }
  .waiting .dot,
  .away .dot {
    background: #f2bd6b;
  }
  .ended .dot {
    background: #9fb1bb;
  }
  .badge {
    display: grid;
    place-items: center;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    background: #f2bd6b;
    color: #2b1a00;
  }
  .controlled .badge {
    background: #ffb784;
    color: #3a1700;
  }
  .badge svg {
    inline-size: 0.75rem;
    block-size: 0.75rem;
  }
  .lines {
    display: grid;
    min-inline-size: 0;
    padding-inline-end: var(--_space-2);
    text-wrap: pretty;
  }
  .line {
    font-weight: 500;
  }
  .line.quiet {
    color: #b9cad3;
    font-size: 0.8125rem;
    font-weight: 400;
  }
  .controls {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space-1);
    margin-inline-start: auto;
  }
  .indicator .button {
    border-radius: 999px;
    font-size: 0.875rem;
    white-space: nowrap;
  }
  .indicator .stop {
    padding-inline: 0.75rem 0.875rem;
    background: #f3f8fa;
    color: #10212b;
  }
  .indicator .stop svg {
    color: #b3261e;
  }
  .indicator .stop:hover {
    background: #ffffff;
    box-shadow: 0 0 0 3px rgb(255 255 255 / 0.2);
  }
  .indicator .take-back {
    padding-inline: 0.75rem 0.875rem;
    background: #ffb784;
    color: #3a1700;
  }
  .indicator .take-back:hover {
    background: #ffcaa5;
  }
  .indicator .take-back.icon-only,
  .indicator .stop.icon-only {
    padding-inline: 0;
  }
  .indicator [aria-pressed='true'] {
    background: #86cbe8;
    color: #05222f;
  }
  .indicator.ended {
    padding-inline-end: 1rem;
  }
  .pill {
    gap: var(--_space-2);
  }

  .indicator {
    inset-block-start: calc(var(--_inset) + env(safe-area-inset-top));
    inset-inline: 0;
    margin-inline: auto;
  }
  .indicator[data-placement*='block-end'] {
    inset-block: auto calc(var(--_inset) + env(safe-area-inset-bottom));
  }
  .indicator[data-placement*='inline-start'] {
    inset-inline: calc(var(--_inset) + env(safe-area-inset-left)) auto;
    margin: 0;
  }
  .indicator[data-placement*='inline-end'] {
    inset-inline: auto calc(var(--_inset) + env(safe-area-inset-right));
    margin: 0;
  }

  @media (max-width: 36rem) {
    .indicator.bar:not(.waiting, .ended) {
      flex-wrap: wrap;
      inline-size: calc(100% - 2 * var(--_inset));
      border-radius: 1.25rem;
    }
    /* icon, words and the size button fill the first line */
    .indicator.bar .lines {
      flex: 1 1 calc(100% - 7rem);
    }
    .indicator.waiting .lines,
    .indicator.ended .lines {
      flex: 1;
    }
    .indicator.bar:not(.waiting, .ended) .controls {
      display: contents;
    }
    .indicator.bar .size {
      order: 1;
    }
    .indicator.bar .button:not(.size) {
      order: 2;
      flex: 1 1 auto;
    }
    .indicator.bar:not(.waiting) {
      column-gap: 0.375rem;
    }
    .indicator.bar .button:not(.size) {
      gap: 0.375rem;
      padding-inline: 0.5rem;
    }
    .indicator.bar .button:not(.size, .stop, .take-back) {
      background: var(--_hover);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .indicator {
      animation: arrive calc(var(--_duration) * 1.75) var(--_easing);
    }
    .sharing .dot {
      animation: breathe 2.4s ease-in-out infinite;
    }
    @keyframes arrive {
      from {
        opacity: 0;
        scale: 0.96;
      }
    }
    @keyframes breathe {
      50% {
        background: #2f9e69;
      }
    }
  }
  @media (forced-colors: active) {
    .indicator,
    .indicator .monogram,
    .indicator .stop,
    .indicator .take-back {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }
    .indicator .stop svg {
      color: CanvasText;
    }
    .indicator [aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .frame {
      border-color: Highlight;
    }
  }
`;
