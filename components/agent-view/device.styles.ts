import { css } from 'lit';

/** What the consumer holds in the hand, and the picture in it. */
export const deviceStyles = css`
  .viewport {
    --_side: var(--cobrowse-view-phone-bezel, 0.5rem);
    --_end: calc(var(--_side) * 2);
  }
  .base:not([data-source='screen']) .viewport:has([data-device='mobile']) {
    padding: calc(var(--_gap) + var(--_end)) calc(var(--_gap) + var(--_side));
  }
  .base:not([data-source='screen']) .viewport:has([data-device='mobile'][data-held='sideways']) {
    padding: calc(var(--_gap) + var(--_side)) calc(var(--_gap) + var(--_end));
  }
  .frame-wrap {
    --_corner: 0.5rem;
    position: relative;
    inline-size: calc(var(--_device-w) * 1px);
    block-size: calc(var(--_device-h) * 1px);
    border-radius: var(--_corner);
    background: #fff;
    box-shadow:
      0 0 0 var(--_bezel) light-dark(rgb(16 42 56 / 0.14), rgb(255 255 255 / 0.16)),
      0 1px 2px rgb(9 30 42 / 0.08),
      0 12px 32px -8px rgb(9 30 42 / 0.28);
  }
  .glass {
    position: absolute;
    inset: 0 0 auto;
    block-size: calc(var(--_seen-h) * 1px);
    overflow: clip;
    border-radius: var(--_corner);
  }
  [data-keyboard] .glass {
    border-end-start-radius: 0;
    border-end-end-radius: 0;
  }

  /* --- a phone: thicker where its speaker and its chin are */
  .base:not([data-source='screen']) .frame-wrap[data-device='mobile'] {
    --_corner: 0.375rem;
    --_phone: var(--cobrowse-view-phone-color, light-dark(#1d262b, #05090b));
    box-shadow: none;
  }
  .base:not([data-source='screen']) .frame-wrap[data-device='mobile']::before {
    content: '';
    position: absolute;
    inset: calc(var(--_end) * -1) calc(var(--_side) * -1);
    border-radius: var(--cobrowse-view-phone-radius, 1.5rem);
    background: var(--_phone);
    box-shadow:
      inset 0 0 0 1px light-dark(#3a474e, #38454d),
      0 0 0 var(--_bezel) light-dark(rgb(16 42 56 / 0.3), rgb(255 255 255 / 0.14)),
      0 18px 40px -10px rgb(9 30 42 / 0.45);
  }
  .base:not([data-source='screen']) .frame-wrap[data-device='mobile']::after {
    content: '';
    position: absolute;
    inset: calc(var(--_end) / -2 - 0.09375rem) auto auto calc(50% - 1.25rem);
    inline-size: 2.5rem;
    block-size: 0.1875rem;
    border-radius: 1rem;
    background: light-dark(#46545c, #2b363d);
  }
  .base:not([data-source='screen']) .frame-wrap[data-device='mobile'][data-held='sideways']::before {
    inset: calc(var(--_side) * -1) calc(var(--_end) * -1);
  }
  .base:not([data-source='screen']) .frame-wrap[data-device='mobile'][data-held='sideways']::after {
    inset: calc(50% - 1.25rem) auto auto calc(var(--_end) / -2 - 0.09375rem);
    inline-size: 0.1875rem;
    block-size: 2.5rem;
  }
  .frame-wrap[data-device='mobile'] .glass {
    background: #fff;
  }

  .keyboard {
    position: absolute;
    inset: calc(var(--_seen-h) * 1px) 0 0;
    display: grid;
    grid-auto-flow: column;
    place-content: center;
    align-items: center;
    gap: 0.5rem;
    overflow: clip;
    border-radius: 0 0 var(--_corner) var(--_corner);
    background: light-dark(#d5dce0, #232d33);
    color: light-dark(#4a5961, #a3b0b7);
    font-size: 0.8125rem;
    font-weight: 550;
  }
  .keyboard[hidden] {
    display: none;
  }

  /* --- fingers */
  .touches {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .touch {
    --_touch: var(--cobrowse-view-touch-color, #2563c9);
    position: absolute;
    inset: 0 auto auto 0;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    margin: -1.125rem;
    border: 2px solid #fff;
    border-radius: 50%;
    background: color-mix(in srgb, var(--_touch) 35%, transparent);
    box-shadow:
      0 0 0 1.5px var(--_touch),
      0 1px 4px rgb(9 20 27 / 0.4);
    scale: calc(1 / var(--_scale));
  }
  .base:not([data-situation='live']) .touches,
  .base[data-source='screen'] .touches,
  [data-device='mobile'] .cursor {
    visibility: hidden;
  }

  @media (forced-colors: active) {
    .frame-wrap {
      outline: 1px solid CanvasText;
    }
    .base:not([data-source='screen']) .frame-wrap[data-device='mobile']::before {
      border: 1px solid CanvasText;
    }
    .touch {
      forced-color-adjust: none;
    }
    .keyboard {
      border: 1px solid CanvasText;
    }
  }
`;
