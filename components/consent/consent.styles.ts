import { css } from 'lit';

/** The question: as a card where the tag stands, or in a dialog. */
export const consentStyles = css`
  .root {
    display: contents;
    font-family: var(--_font-family);
  }
  .message {
    position: relative;
    inline-size: 100%;
    max-inline-size: var(--cobrowse-consent-max-width, 26rem);
    padding: min(var(--_space-5), 5vw);
    border: var(--_border-width) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--cobrowse-consent-background, var(--_surface-raised));
    color: var(--_text);
    font-size: var(--_font-size);
    font-weight: var(--_font-weight);
    line-height: var(--_line-height);
    text-align: start;
    overflow-wrap: anywhere;
  }
  p,
  ul,
  h2 {
    margin: 0;
    padding: 0;
  }
  slot[name='logo']::slotted(*) {
    display: block;
    max-inline-size: 100%;
    margin-block-end: var(--_space-4);
  }

  .head {
    display: flex;
    align-items: center;
    gap: var(--_space-4);
  }
  .avatar {
    position: relative;
    display: inline-grid;
    flex: none;
    place-items: center;
    inline-size: 3rem;
    block-size: 3rem;
  }
  .monogram {
    display: grid;
    place-items: center;
    inline-size: 2.375rem;
    block-size: 2.375rem;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 0.875rem;
    font-weight: var(--_font-weight-strong);
    line-height: 1;
    letter-spacing: 0.02em;
  }
  .monogram svg {
    inline-size: 1.25rem;
    block-size: 1.25rem;
  }
  .ring {
    position: absolute;
    inset: 0;
    overflow: visible;
    transform: rotate(-90deg);
  }
  :dir(rtl) .ring {
    transform: rotate(-90deg) scaleY(-1);
  }
  .ring circle {
    fill: none;
    stroke: color-mix(in oklab, var(--_accent) 16%, transparent);
    stroke-width: 2;
  }
  .ring .rest {
    stroke: var(--_accent);
    stroke-linecap: round;
    transition: stroke-dashoffset 1s linear;
  }
  .title {
    font-size: 1.1875em;
    font-weight: var(--_font-weight-strong);
    line-height: 1.25;
    letter-spacing: -0.011em;
    text-wrap: balance;
  }
  .title bdi {
    display: inline-block;
    max-inline-size: 100%;
  }
  .title:focus {
    outline: none;
  }
  :lang(ar) .title,
  :lang(ar) .monogram {
    letter-spacing: normal;
  }

  .words {
    margin-block-start: var(--_space-4);
  }
  .body {
    text-wrap: pretty;
  }
  .points {
    display: grid;
    gap: var(--_space-3);
    margin-block-start: var(--_space-4);
    padding-block-start: var(--_space-4);
    border-block-start: var(--_border-width) solid var(--_border);
    list-style: none;
    color: var(--_text-quiet);
    font-size: 0.9375em;
    line-height: 1.45;
  }
  .points li {
    display: grid;
    grid-template-columns: 1.25rem 1fr;
    gap: var(--_space-3);
    text-wrap: pretty;
  }
  .points svg {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin-block-start: 0.08em;
    color: var(--_accent);
  }

  .legal {
    margin-block-start: var(--_space-3);
    padding-inline-start: calc(1.25rem + var(--_space-3));
    font-size: 0.9375em;
  }
  .legal.empty {
    margin: 0;
  }
  a {
    color: var(--_accent);
    text-underline-offset: 0.2em;
    text-decoration-thickness: 1px;
    border-radius: 2px;
  }
  a:hover {
    text-decoration-thickness: 2px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-3);
    margin-block-start: var(--_space-5);
  }
  .answer {
    flex: 1 1 6.5rem;
    min-block-size: max(2.75rem, var(--_target-size));
    border-color: color-mix(in oklab, var(--_accent) 26%, var(--_border));
    background: color-mix(in oklab, var(--_accent) 7%, var(--_surface-raised));
    color: var(--_text);
  }
  /* for half a second only: it isn't to be seen */
  .answer[aria-disabled='true'] {
    opacity: 1;
    pointer-events: auto;
  }
  .answer svg {
    color: var(--_accent);
  }
  .answer:hover {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 15%, var(--_surface-raised));
  }
  .answer:active {
    background: color-mix(in oklab, var(--_accent) 24%, var(--_surface-raised));
  }
  .button.quiet {
    flex: 1 1 100%;
    color: var(--_text-quiet);
  }
  .time {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    column-gap: var(--_space-3);
    margin-block-start: var(--_space-3);
  }
  .more-time {
    visibility: hidden;
    min-block-size: max(1.75rem, var(--_target-size));
    padding-block: 0;
    font-size: 0.8125em;
  }
  .more-time.offered {
    visibility: visible;
  }
  .expiry {
    color: var(--_text-quiet);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }
  .expiry.soon {
    color: var(--_warning);
    font-weight: var(--_font-weight-strong);
  }

  .message.settled {
    inline-size: fit-content;
    max-inline-size: min(100%, var(--cobrowse-consent-max-width, 26rem));
    padding: var(--_space-3) var(--_space-4);
  }
  .after {
    display: grid;
    grid-template-columns: 1.25rem auto;
    gap: var(--_space-3);
    color: var(--_text);
  }
  .after svg {
    margin-block-start: 0.12em;
    color: var(--_accent);
  }

  dialog {
    inline-size: min(28rem, 100vw - 2 * var(--_space-4));
    max-inline-size: none;
    max-block-size: calc(100dvb - 2 * var(--_space-4));
    margin: auto;
    padding: 0;
    border: 0;
    border-radius: calc(var(--_radius) + 0.25rem);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    visibility: visible;
    overscroll-behavior: contain;
  }
  dialog .message {
    max-inline-size: none;
    border-color: transparent;
    border-radius: inherit;
    padding: var(--_space-6);
    padding-block-end: var(--_space-5);
  }
  dialog::backdrop {
    background: var(--_scrim);
  }
  /* in a low window the words are scrolled under the answers, never the answers out of reach */
  dialog .actions {
    position: sticky;
    inset-block-end: 0;
    margin-block-start: var(--_space-4);
    padding-block: var(--_space-2);
    background: var(--_surface-raised);
    box-shadow: 0 4rem 0 var(--_surface-raised);
    clip-path: inset(0 0 -4rem);
  }
  dialog .time {
    position: relative;
    margin-block-start: var(--_space-1);
  }
  @media (max-width: 30rem) {
    dialog .actions {
      inset-block-end: env(safe-area-inset-bottom);
    }
    dialog {
      inline-size: 100vw;
      margin-block-end: 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      padding-block-end: env(safe-area-inset-bottom);
    }
    dialog .message {
      padding: var(--_space-5);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: rise calc(var(--_duration) * 1.5) var(--_easing);
    }
    dialog[open]::backdrop {
      animation: fade var(--_duration) var(--_easing);
    }
    @keyframes rise {
      from {
        opacity: 0;
        translate: 0 0.75rem;
      }
    }
    @keyframes fade {
      from {
        opacity: 0;
      }
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .ring .rest {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .monogram {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }
    .ring .rest {
      stroke: Highlight;
    }
    .answer {
      border-color: ButtonText;
    }
    dialog {
      border: 1px solid CanvasText;
    }
  }
`;
