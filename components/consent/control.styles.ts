import { css } from 'lit';

/** What an agent in control shows on the page: its cursor, the line that names it, and what it asks for. */
export const controlStyles = css`
  .frame-label {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    display: grid;
    justify-items: center;
  }
  .frame-label[data-placement*='block-end'] {
    inset-block: 0 auto;
  }
  .frame-label span {
    max-inline-size: calc(100% - 2rem);
    padding: 0.25rem 0.875rem calc(0.25rem + env(safe-area-inset-bottom));
    border-start-start-radius: 0.75rem;
    border-start-end-radius: 0.75rem;
    background: var(--cobrowse-frame-color, #a4480a);
    color: #ffffff;
    font-size: 0.8125rem;
    font-weight: var(--_font-weight-strong);
    text-align: center;
  }
  .frame-label[data-placement*='block-end'] span {
    border-radius: 0 0 0.75rem 0.75rem;
    padding-block: calc(0.25rem + env(safe-area-inset-top)) 0.25rem;
  }

  .cursor {
    --_hand: var(--_agent, #a4480a);
    position: absolute;
    inset-block-start: 0;
    left: 0;
    inline-size: 0;
    block-size: 0;
    visibility: hidden;
    will-change: transform;
    direction: ltr;
  }
  .cursor.shown {
    visibility: visible;
  }
  .cursor svg {
    position: absolute;
    left: -3px;
    inset-block-start: -2px;
    inline-size: 24px;
    block-size: 24px;
    color: var(--_hand);
    filter: drop-shadow(0 1px 2px rgb(0 0 0 / 0.4));
  }
  .agent-name {
    position: absolute;
    left: 16px;
    inset-block-start: 18px;
    max-inline-size: 12rem;
    padding: 0.0625rem 0.5rem;
    overflow: hidden;
    border: 1px solid rgb(255 255 255 / 0.85);
    border-radius: 999px;
    background: #10212b;
    color: #f3f8fa;
    font-size: 0.75rem;
    font-weight: var(--_font-weight-strong);
    text-overflow: ellipsis;
    white-space: nowrap;
    box-shadow: 0 1px 3px rgb(0 0 0 / 0.3);
  }
  .flipped .agent-name {
    left: auto;
    right: 8px;
  }
  .press {
    position: absolute;
    inset: -14px;
    inline-size: 28px;
    block-size: 28px;
    border: 2px solid var(--_hand);
    border-radius: 50%;
    background: color-mix(in oklab, var(--_hand) 25%, transparent);
    opacity: 0;
    scale: 0.4;
    transition:
      opacity var(--_duration) var(--_easing),
      scale var(--_duration) var(--_easing);
  }
  .pressed .press {
    opacity: 1;
    scale: 1;
    transition-duration: 0s;
  }
  .waiting-hand {
    opacity: 0.4;
  }

  .need-ring {
    position: absolute;
    inset-block-start: 0;
    left: 0;
    border-radius: 0.375rem;
    outline: 3px solid #ffb784;
    outline-offset: 3px;
    box-shadow:
      0 0 0 2px #10212b,
      0 0 12px 8px rgb(164 72 10 / 0.35);
  }
  .prompt {
    --_inset: var(--cobrowse-indicator-inset, 0.75rem);
    --_focus: #8ec5ff;
    --_hover: rgb(255 255 255 / 0.12);
    --_active: rgb(255 255 255 / 0.2);
    position: absolute;
    inset-inline: 0;
    inset-block-end: calc(2.25rem + env(safe-area-inset-bottom));
    display: flex;
    align-items: center;
    gap: var(--_space-2) var(--_space-3);
    inline-size: max-content;
    max-inline-size: min(34rem, calc(100% - 2 * var(--_inset)));
    margin-inline: auto;
    padding: 0.75rem;
    border: 1px solid rgb(255 255 255 / 0.16);
    border-radius: 1.25rem;
    background: var(--cobrowse-indicator-background, #10212b);
    color: #f3f8fa;
    color-scheme: dark;
    box-shadow: 0 10px 30px -8px rgb(4 16 24 / 0.6);
    pointer-events: auto;
    font-size: 0.875rem;
    line-height: 1.4;
  }
  .prompt[data-placement*='block-end'] {
    inset-block: calc(2.25rem + env(safe-area-inset-top)) auto;
  }
  .prompt-sign {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: 50%;
    background: #ffb784;
    color: #3a1700;
  }
  .prompt-words {
    min-inline-size: 0;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .prompt-title {
    font-weight: var(--_font-weight-strong);
  }
  .prompt-actions {
    display: flex;
    flex: none;
    gap: var(--_space-1);
    margin-inline-start: auto;
  }
  .prompt .button {
    border-radius: 999px;
    font-size: 0.875rem;
    text-decoration: none;
  }
  .prompt .accent {
    background: #f3f8fa;
    color: #10212b;
  }
  .prompt .accent:hover {
    background: #ffffff;
  }

  @media (max-width: 36rem) {
    .prompt {
      flex-wrap: wrap;
      inline-size: auto;
      margin-inline: var(--_inset);
      max-inline-size: none;
    }
    .prompt-words {
      flex: 1 1 calc(100% - 4rem);
    }
    .prompt-actions {
      flex: 1 1 100%;
    }
    .prompt-actions .button {
      flex: 1;
      background: var(--_hover);
    }
    .prompt-actions .accent {
      background: #f3f8fa;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .prompt {
      animation: arrive calc(var(--_duration) * 1.75) var(--_easing);
    }
    .need-ring {
      animation: call 1.4s ease-in-out infinite;
    }
    @keyframes call {
      50% {
        outline-offset: 6px;
      }
    }
  }
  @media (forced-colors: active) {
    .frame-label span,
    .prompt,
    .agent-name {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }
    .cursor svg {
      color: Highlight;
    }
    .need-ring {
      outline-color: Highlight;
    }
  }
`;
