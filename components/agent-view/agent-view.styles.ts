import { css } from 'lit';

export const styles = css`
  :host {
    --_bezel: var(--cobrowse-view-device-bezel, 1px);
    --_ground: var(--cobrowse-view-background, light-dark(#e9eef1, #0e1519));
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 15rem;
    block-size: 100%;
    overflow: clip;
    border: var(--_border-width) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_ground);
    color: var(--_text);
    font-family: var(--_font-family);
    font-size: var(--_font-size);
    line-height: 1.45;
  }
  :host(:fullscreen) {
    border: 0;
    border-radius: 0;
  }
  .base {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    flex: 1;
    min-block-size: 0;
    container: view / inline-size;
  }

  /* --- header */
  .header {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-inline-size: 0;
    padding: 0.375rem 0.5rem 0.375rem 0.875rem;
    border-block-end: var(--_border-width) solid var(--_border);
    background: var(--_surface);
  }
  .header:dir(rtl) {
    padding: 0.375rem 0.875rem 0.375rem 0.5rem;
  }
  .page {
    display: flex;
    align-items: baseline;
    gap: 0.625rem;
    flex: 1;
    min-inline-size: 0;
    white-space: nowrap;
  }
  .page > * {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .page__title {
    flex: 0 1 auto;
    font-weight: var(--_font-weight-strong);
  }
  .page__url {
    flex: 0 4 auto;
    min-inline-size: 3rem;
    color: var(--_text-quiet);
    font-size: 0.875em;
  }
  .device {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    flex: none;
    padding-inline: 0.5rem;
    color: var(--_text-quiet);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }
  .device .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  .zoom {
    display: inline-flex;
    align-items: center;
    flex: none;
    padding-inline-start: 0.25rem;
    border-inline-start: var(--_border-width) solid var(--_border);
  }
  .header .button {
    --_target-size: var(--cobrowse-target-size, 2rem);
    color: var(--_text-quiet);
  }
  .header .button:not([aria-disabled]):hover {
    color: var(--_text);
  }
  .header .button[aria-disabled] {
    pointer-events: auto;
  }
  .header .button[aria-disabled]:hover {
    background: none;
  }
  .percent {
    min-inline-size: 3.5rem;
    padding-inline: 0.25rem;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }

  /* --- picture */
  .viewport,
  .layer,
  .overlay {
    grid-area: 2 / 1;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .layer {
    position: relative;
    pointer-events: none;
  }
  .viewport {
    display: grid;
    place-content: safe center;
    --_gap: 1rem;
    padding: var(--_gap);
    overflow: auto;
    overscroll-behavior: contain;
  }
  .viewport[data-fit='contain'] {
    overflow: clip;
  }
  .viewport[data-fit='width'] {
    overflow-x: clip;
    place-content: safe start center;
  }
  .screen {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .base:not([data-source='screen']) .screen,
  .base[data-source='screen'] :is(.mirror, .ink, .cursor, .page-focus) {
    visibility: hidden;
  }
  .base:not([data-showing]) .frame-wrap {
    display: none;
  }
  .stage {
    position: absolute;
    inset: 0 auto auto 0;
    inline-size: calc(var(--_w) * 1px);
    block-size: calc(var(--_h) * 1px);
    overflow: clip;
    scale: var(--_scale);
    /* what is seen of it begins in the corner */
    translate: calc(var(--_x) * var(--_scale) * -1px) calc(var(--_y) * var(--_scale) * -1px);
    transform-origin: 0 0;
    color-scheme: light;
    transition: filter calc(var(--_duration) * 2) var(--_easing);
  }
  .mirror,
  .ink {
    position: absolute;
    inset: 0;
  }
  .mirror {
    overflow: clip;
  }
  .mirror iframe {
    display: block;
    border: 0;
  }
  .ink {
    pointer-events: none;
  }
  .base[data-picture]:not([data-situation='live']) .stage {
    filter: grayscale(0.75) opacity(0.45);
  }
  .base[data-picture]:not([data-situation='live']) .frame-wrap {
    background: var(--_surface);
  }
  .base:not([data-situation='live']) .cursor {
    visibility: hidden;
  }
  /* a page in outlines, until the real one is there */
  .base[data-showing]:not([data-picture]) .frame-wrap {
    --_bone: linear-gradient(
      color-mix(in oklab, var(--_text) 6%, transparent),
      color-mix(in oklab, var(--_text) 6%, transparent)
    );
    background:
      var(--_bone) 6% 9% / 18% 4% no-repeat,
      var(--_bone) 94% 9% / 26% 4% no-repeat,
      var(--_bone) 8% 26% / 38% 8% no-repeat,
      var(--_bone) 7% 37% / 24% 3% no-repeat,
      var(--_bone) 7% 88% / 26% 40% no-repeat,
      var(--_bone) 50% 88% / 26% 40% no-repeat,
      var(--_bone) 93% 88% / 26% 40% no-repeat,
      light-dark(#fbfcfd, #1a2328);
  }
  .base[data-showing]:not([data-picture]) .stage {
    visibility: hidden;
  }

  .surface {
    position: absolute;
    inset: 0 auto auto 0;
    inline-size: calc(var(--_w) * var(--_scale) * 1px);
    block-size: calc(var(--_h) * var(--_scale) * 1px);
    translate: calc(var(--_x) * var(--_scale) * -1px) calc(var(--_y) * var(--_scale) * -1px);
    outline: none;
    cursor: default;
    user-select: none;
    -webkit-user-select: none;
  }
  .surface:not([data-tool='none']) {
    touch-action: none;
    cursor: crosshair;
  }
  .surface[data-tool='laser'] {
    cursor: none;
  }
  .mark {
    position: absolute;
    inset: 0 auto auto 0;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    margin: -0.75rem;
    border: 2px solid #fff;
    border-radius: 50%;
    box-shadow:
      0 0 0 1.5px rgb(9 20 27 / 0.8),
      inset 0 0 0 1px rgb(9 20 27 / 0.5);
    pointer-events: none;
  }
  .focus-ring {
    position: absolute;
    inset: -3px;
    border: 3px solid var(--_focus);
    border-radius: 0.6875rem;
    pointer-events: none;
    opacity: 0;
  }
  .glass:has(.surface:focus-visible) + .focus-ring {
    opacity: 1;
  }

  .page-focus {
    position: absolute;
    inset: 0 auto auto 0;
    pointer-events: none;
  }
  .cursor {
    position: absolute;
    inset: 0 auto auto 0;
    color: light-dark(#14232c, #14232c);
    pointer-events: none;
  }
  .cursor > * {
    position: absolute;
    scale: calc(1 / var(--_scale));
    transform-origin: 0 0;
  }
  .pointer {
    inset: -1px auto auto -2px;
    filter: drop-shadow(0 1px 2px rgb(9 20 27 / 0.35));
  }
  .cursor__name {
    translate: calc(14px / var(--_scale)) calc(20px / var(--_scale));
    max-inline-size: 12rem;
    padding: 0.0625rem 0.4375rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    border-radius: 0.1875rem 0.5625rem 0.5625rem;
    background: #14232c;
    color: #fff;
    font-size: 0.75rem;
    font-weight: 550;
  }
  .cursor[data-turned] .cursor__name {
    inset: 0 0 auto auto;
    transform-origin: 100% 0;
    translate: 0 calc(24px / var(--_scale));
    border-radius: 0.5625rem 0.1875rem 0.5625rem 0.5625rem;
  }
  .cursor__touch {
    inline-size: 2rem;
    block-size: 2rem;
    margin: -1rem;
    transform-origin: center;
    border-radius: 50%;
    background: rgb(20 35 44 / 0.22);
    box-shadow: inset 0 0 0 2px rgb(20 35 44 / 0.55);
    opacity: 0;
    transition: opacity var(--_duration) var(--_easing);
  }
  .cursor[data-pressed] .cursor__touch {
    opacity: 1;
  }
  .badge {
    position: absolute;
    inset: auto 0.625rem 0.625rem auto;
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    padding: 0.25rem 0.625rem 0.25rem 0.5rem;
    border-radius: var(--_radius-pill);
    background: var(--_text);
    color: var(--_surface);
    font-size: 0.8125rem;
    font-weight: 550;
    pointer-events: none;
  }
  .badge .icon {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
  }

  /* --- narrow */
  @container view (inline-size < 34rem) {
    .page__url,
    .device__size {
      display: none;
    }
    .device {
      padding-inline: 0.25rem;
    }
    .viewport {
      --_gap: 0.625rem;
    }
  }
  @container view (inline-size < 24rem) {
    .percent {
      min-inline-size: 2.75rem;
    }
    .header {
      gap: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .stage {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .stage,
    .mark,
    .cursor,
    .pointer {
      forced-color-adjust: none;
    }
    .badge {
      border: 1px solid CanvasText;
      background: Canvas !important;
      color: CanvasText !important;
    }
  }
`;
