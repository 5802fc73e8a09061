import { css } from 'lit';

export const joinStyles = css`
  :host {
    display: block;
    max-inline-size: 24rem;
    font-family: var(--_font-family);
    font-size: var(--_font-size);
    line-height: var(--_line-height);
    color: var(--_text);
  }
  form {
    display: grid;
    gap: var(--_space-2);
  }
  label {
    font-weight: var(--_font-weight-strong);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  input {
    flex: 1 1 9rem;
    min-inline-size: 0;
    min-block-size: max(2.75rem, var(--_target-size));
    padding-inline: var(--_space-3);
    border: var(--_border-width) solid color-mix(in oklab, var(--_text-quiet) 80%, transparent);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: max(1.25em, 16px);
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.18em;
    text-align: start;
  }
  input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .button {
    min-block-size: max(2.75rem, var(--_target-size));
    padding-inline: var(--_space-5);
  }
  p {
    margin: 0;
  }
  .error {
    color: var(--_danger);
  }
  .error:empty {
    display: none;
  }
`;
