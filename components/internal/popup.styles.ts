import { css } from 'lit';

/** Menus, panels and hints in the top layer. Their place is set when they open. */
export const popups = css`
  .menu,
  .tooltip {
    position: fixed;
    inset: auto;
    margin: 0;
    border: var(--_border-width) solid var(--_border);
    background: var(--_surface-raised);
    color: var(--_text);
    font-family: var(--_font-family);
    font-size: var(--_font-size);
    line-height: 1.35;
    box-shadow: var(--_shadow);
  }
  .menu {
    min-inline-size: 12rem;
    max-inline-size: min(20rem, 100vw - 1rem);
    padding: var(--_space-1);
    border-radius: calc(var(--_radius-control) + var(--_space-1));
  }
  .menu:popover-open {
    display: grid;
    animation: menu-opens var(--_duration) var(--_easing);
  }
  .menu:focus {
    outline: none;
  }
  @keyframes menu-opens {
    from {
      opacity: 0;
      translate: 0 -4px;
    }
  }
  .entry {
    appearance: none;
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-block-size: var(--_target-size);
    padding: var(--_space-1) var(--_space-3);
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .entry .icon {
    flex: none;
    color: var(--_text-quiet);
  }
  .entry__text {
    flex: 1;
    display: grid;
  }
  .entry__reason {
    color: var(--_text-quiet);
    font-size: 0.8125em;
  }
  .entry:hover,
  .entry:focus-visible {
    background: var(--_hover);
  }
  .entry:focus-visible {
    outline-offset: -2px;
  }
  .entry[aria-disabled] {
    cursor: default;
    color: var(--_text-quiet);
  }
  .entry[aria-disabled] .icon {
    opacity: 0.5;
  }
  .entry[aria-disabled]:hover {
    background: none;
  }
  .tooltip {
    max-inline-size: 16rem;
    padding: 0.3125rem 0.5625rem;
    border-color: transparent;
    border-radius: 0.5rem;
    background: var(--_text);
    color: var(--_surface);
    font-size: 0.8125rem;
    font-weight: 500;
    pointer-events: none;
    box-shadow: 0 4px 14px rgb(9 20 27 / 0.25);
  }

  @media (forced-colors: active) {
    .menu,
    .tooltip {
      border-color: CanvasText;
      background: Canvas;
      color: CanvasText;
    }
    .entry:hover,
    .entry:focus-visible {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .entry[aria-disabled] {
      color: GrayText;
    }
  }
`;
