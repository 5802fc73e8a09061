import { css } from 'lit';

/** What is drawn while the agent works the page. Joins the view's styles when control begins. */
export const captureStyles = css`
  .surface[data-controlling] {
    touch-action: none;
  }
  .glass:has(.surface[data-typing]) + .focus-ring {
    opacity: 1;
    border-color: var(--_control);
  }
  .keys {
    position: absolute;
    inset: 50% auto auto 50%;
    inline-size: 1px;
    block-size: 1.5em;
    margin: 0;
    padding: 0;
    overflow: hidden;
    border: 0;
    outline: none;
    background: none;
    color: transparent;
    caret-color: transparent;
    /* phones zoom in on smaller ones */
    font: 1rem / 1.5 var(--_font-family);
    white-space: nowrap;
    resize: none;
    opacity: 0;
    pointer-events: none;
  }
  /* the words of an input method, until they are sent */
  .keys[data-composing] {
    inline-size: auto;
    min-inline-size: 2rem;
    padding-inline: 0.25rem;
    border-radius: 0.25rem;
    background: var(--_surface-raised);
    box-shadow: var(--_shadow);
    color: var(--_text);
    caret-color: auto;
    field-sizing: content;
    opacity: 1;
  }
  .page-focus {
    border: calc(2px / var(--_scale)) solid var(--_control);
    border-radius: calc(4px / var(--_scale));
    box-shadow: 0 0 0 calc(1px / var(--_scale)) rgb(255 255 255 / 0.8);
  }

  /* where the consumer's page writes */
  .page-caret {
    position: absolute;
    inset: 0 auto auto 0;
    inline-size: max(1px, calc(1.5px / var(--_scale)));
    background: currentcolor;
    pointer-events: none;
    animation: page-caret 1s steps(1) infinite;
  }
  .page-caret[hidden] {
    display: none;
  }
  @keyframes page-caret {
    50% {
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .page-caret {
      animation: none;
    }
  }

  .control {
    position: absolute;
    inset: 0;
    overflow: clip;
    pointer-events: none;
  }
  /* hint and toast are badges too */
  .hint {
    inset: auto 0.75rem 0.75rem;
    inline-size: fit-content;
    max-inline-size: calc(100% - 1.5rem);
    margin: 0 auto;
    padding: 0.375rem 0.75rem;
    background: var(--_surface-raised);
    box-shadow: var(--_shadow);
    color: var(--_text);
    font-weight: var(--_font-weight);
    transition: opacity var(--_duration) var(--_easing);
  }
  .hint[data-typing] .icon {
    color: var(--_control);
  }
  .hint[data-clear] {
    opacity: 0.12;
  }
  kbd {
    margin-inline: 0.125rem;
    padding: 0.0625rem 0.3125rem;
    border: 1px solid var(--_border);
    border-radius: 0.3125rem;
    background: var(--_surface);
    font: inherit;
    font-weight: var(--_font-weight-strong);
  }
  .note {
    position: absolute;
    inset: 0.75rem 0 auto;
    text-align: center;
  }
  .base:not([data-situation='live']) .hint {
    display: none;
  }
  .note__text,
  .toast {
    position: static;
    background: #14232c;
    color: #fff;
    box-shadow: 0 0 0 1px rgb(255 255 255 / 0.25);
  }

  .toasts {
    position: absolute;
    display: grid;
    gap: 0.375rem;
    justify-items: center;
    inline-size: max-content;
    max-inline-size: min(22rem, 100% - 1rem);
  }
  .toast {
    margin: 0;
    padding: 0.4375rem 0.75rem;
    border-radius: var(--_radius-control);
    animation: menu-opens var(--_duration) var(--_easing);
  }

  .picker {
    padding: 0;
    max-inline-size: min(26rem, 100vw - 1rem);
    overflow: hidden;
    pointer-events: auto;
  }
  .picker:popover-open {
    display: flex;
    flex-direction: column;
  }
  .options {
    flex: 1;
    min-block-size: 0;
    max-block-size: 20rem;
    padding: var(--_space-1);
    overflow: auto;
    overscroll-behavior: contain;
    outline: none;
    user-select: none;
    -webkit-user-select: none;
  }
  .options__name {
    padding: var(--_space-2) var(--_space-2) var(--_space-1);
    color: var(--_text-quiet);
    font-size: 0.8125em;
    font-weight: var(--_font-weight-strong);
  }
  .option {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: max(1.875rem, var(--_target-size) - 0.375rem);
    padding: 0.1875rem var(--_space-2);
    border-radius: calc(var(--_radius-control) - var(--_space-1));
    cursor: default;
  }
  .option__mark {
    display: grid;
    flex: none;
    inline-size: 1.125rem;
    color: var(--_accent);
  }
  .option__mark .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }
  .option__label {
    margin-inline-start: auto;
    padding-inline-start: var(--_space-3);
    color: var(--_text-quiet);
    font-size: 0.875em;
  }
  .option[data-active] {
    background: var(--_accent-soft);
    box-shadow: inset 0 0 0 2px var(--_focus);
  }
  .option[aria-disabled] {
    color: var(--_text-quiet);
    opacity: 0.7;
  }
  .panel {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-3);
  }
  .panel__field {
    display: grid;
    gap: var(--_space-1);
    font-size: 0.875em;
    font-weight: var(--_font-weight-strong);
  }
  .panel input {
    min-inline-size: 12rem;
    min-block-size: var(--_target-size);
    padding: var(--_space-1) var(--_space-2);
    border: var(--_border-width) solid var(--_border);
    border-radius: calc(var(--_radius-control) - var(--_space-1));
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: 1rem;
    font-weight: 400;
  }
  .panel__actions {
    display: flex;
    justify-content: end;
    gap: var(--_space-2);
  }

  @media (forced-colors: active) {
    .page-focus {
      border-color: Highlight;
      forced-color-adjust: none;
    }
    .option[data-active] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .option[data-active] :is(.option__mark, .option__label) {
      color: inherit;
    }
    .option[aria-disabled] {
      color: GrayText;
      opacity: 1;
    }
  }
`;
