import { css } from 'lit';

/**
 * The public tokens (`--cobrowse-*`) with what they are without a theme, as private properties (`--_*`). Light and dark
 * follow `color-scheme`. Every tag takes this first.
 */
export const tokens = css`
  :host {
    --_surface: var(--cobrowse-color-surface, light-dark(#ffffff, #151d22));
    --_surface-raised: var(--cobrowse-color-surface-raised, light-dark(#ffffff, #1d272d));
    --_text: var(--cobrowse-color-text, light-dark(#14232c, #e9f0f3));
    --_text-quiet: var(--cobrowse-color-text-quiet, light-dark(#51636e, #a3b4bd));
    --_border: var(--cobrowse-color-border, light-dark(#d7dfe4, #35444d));
    --_accent: var(--cobrowse-color-accent, light-dark(#0e5a78, #86cbe8));
    --_on-accent: var(--cobrowse-color-on-accent, light-dark(#ffffff, #05222f));
    --_danger: var(--cobrowse-color-danger, light-dark(#b3261e, #ffb4a9));
    --_on-danger: var(--cobrowse-color-on-danger, light-dark(#ffffff, #561009));
    --_warning: var(--cobrowse-color-warning, light-dark(#8a5200, #f2bd6b));
    --_success: var(--cobrowse-color-success, light-dark(#1d6b45, #85d6ab));
    --_focus: var(--cobrowse-color-focus, light-dark(#0b6bcb, #8ec5ff));
    --_control: var(--cobrowse-color-control, light-dark(#a4480a, #ffb784));
    --_full-device: var(--cobrowse-color-full-device, light-dark(#6a3fa0, #cfb2f5));
    --_recording: var(--cobrowse-color-recording, light-dark(#b3261e, #ffb4a9));
    --_scrim: var(--cobrowse-color-scrim, rgb(9 20 27 / 0.48));

    --_ink-1: var(--cobrowse-ink-1, #e5484d);
    --_ink-2: var(--cobrowse-ink-2, #f5a524);
    --_ink-3: var(--cobrowse-ink-3, #30a46c);
    --_ink-4: var(--cobrowse-ink-4, #0091ff);
    --_ink-5: var(--cobrowse-ink-5, #8e4ec6);
    --_ink-6: var(--cobrowse-ink-6, #11181c);

    --_font-family: var(--cobrowse-font-family, inherit);
    --_font-size: var(--cobrowse-font-size, 0.9375rem);
    --_font-weight: var(--cobrowse-font-weight, 400);
    --_font-weight-strong: var(--cobrowse-font-weight-strong, 600);
    --_line-height: var(--cobrowse-line-height, 1.5);

    --_density: var(--cobrowse-density, 1);
    --_space-1: var(--cobrowse-space-1, calc(0.25rem * var(--_density)));
    --_space-2: var(--cobrowse-space-2, calc(0.5rem * var(--_density)));
    --_space-3: var(--cobrowse-space-3, calc(0.75rem * var(--_density)));
    --_space-4: var(--cobrowse-space-4, calc(1rem * var(--_density)));
    --_space-5: var(--cobrowse-space-5, calc(1.5rem * var(--_density)));
    --_space-6: var(--cobrowse-space-6, calc(2rem * var(--_density)));

    --_radius: var(--cobrowse-radius, 1rem);
    --_radius-control: var(--cobrowse-radius-control, 0.625rem);
    --_radius-pill: var(--cobrowse-radius-pill, 999px);
    --_border-width: var(--cobrowse-border-width, 1px);
    --_shadow: var(
      --cobrowse-shadow,
      0 0 0 1px light-dark(rgb(16 42 56 / 0.06), rgb(255 255 255 / 0.08)),
      0 1px 2px rgb(9 30 42 / 0.1),
      0 8px 24px -6px rgb(9 30 42 / 0.22),
      0 24px 56px -16px rgb(9 30 42 / 0.22)
    );
    --_target-size: var(--cobrowse-target-size, 2.25rem);
    --_duration: var(--cobrowse-duration, 160ms);
    --_easing: var(--cobrowse-easing, cubic-bezier(0.2, 0, 0, 1));

    /* tints of the accent and of the text, for what lies on the surface */
    --_accent-soft: color-mix(in oklab, var(--_accent) 11%, transparent);
    --_hover: color-mix(in oklab, var(--_text) 7%, transparent);
    --_active: color-mix(in oklab, var(--_text) 13%, transparent);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  /* theme="light|dark" of the session, for tags that are not inside of it */
  :host(:state(light)) {
    color-scheme: light;
  }
  :host(:state(dark)) {
    color-scheme: dark;
  }

  @media (pointer: coarse) {
    :host {
      --_target-size: var(--cobrowse-target-size, 2.75rem);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_duration: 0.01ms;
    }
  }
  @media (forced-colors: active) {
    :host {
      --_surface: Canvas;
      --_surface-raised: Canvas;
      --_text: CanvasText;
      --_text-quiet: CanvasText;
      --_border: CanvasText;
      --_accent: Highlight;
      --_on-accent: HighlightText;
      --_focus: Highlight;
      --_accent-soft: transparent;
      --_shadow: none;
    }
  }
`;

/** Font and colour of a surface, the same focus ring and box model everywhere. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }
`;

/** `class="button"`: quiet by default; `accent`, `danger` filled; `outline` with a line; `icon-only` square. */
export const buttons = css`
  .button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    min-block-size: var(--_target-size);
    min-inline-size: var(--_target-size);
    margin: 0;
    padding-block: var(--_space-1);
    padding-inline: var(--_space-3);
    border: var(--_border-width) solid transparent;
    border-radius: var(--_radius-control);
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: var(--_font-weight-strong);
    line-height: 1.25;
    text-align: center;
    cursor: pointer;
    user-select: none;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
    transition:
      background-color var(--_duration) var(--_easing),
      border-color var(--_duration) var(--_easing),
      color var(--_duration) var(--_easing);
  }
  .button svg {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  .button:hover {
    background: var(--_hover);
  }
  .button:active {
    background: var(--_active);
  }
  .button.icon-only {
    padding-inline: var(--_space-1);
  }
  .button.outline {
    border-color: var(--_border);
  }
  .button.accent {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.accent:hover {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }
  .button.danger {
    background: var(--_danger);
    color: var(--_on-danger);
  }
  .button.danger:hover {
    background: color-mix(in oklab, var(--_danger) 88%, var(--_text));
  }
  .button[disabled],
  .button[aria-disabled='true'] {
    opacity: 0.45;
    cursor: default;
    pointer-events: none;
  }
  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }
    .button[disabled],
    .button[aria-disabled='true'] {
      color: GrayText;
      border-color: GrayText;
      opacity: 1;
    }
  }
`;
