import { svg, type SVGTemplateResult } from 'lit';

/** Line icons on a 20 px grid, in the colour of the text. They are decoration: the words are beside them. */
function icon(content: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${content}</svg>`;
}

export const icons = {
  pen: icon(
    svg`<path d="m3.2 16.8.9-3.8 9.5-9.5a1.5 1.5 0 0 1 2.1 0l.8.8a1.5 1.5 0 0 1 0 2.1L7 15.9z"/><path d="m11.9 5.2 2.9 2.9"/>`,
  ),
  shield: icon(
    svg`<path d="M10 2.6 16 5v4.6c0 3.6-2.4 6.4-6 7.8-3.6-1.4-6-4.2-6-7.8V5z"/><path d="m7.4 9.9 1.9 1.9 3.4-3.7"/>`,
  ),
  stop: icon(
    svg`<circle cx="10" cy="10" r="7.2"/><rect x="7.3" y="7.3" width="5.4" height="5.4" rx="1" fill="currentColor" stroke="none"/>`,
  ),
  check: icon(svg`<path d="m4.3 10.7 3.7 3.7 7.7-8.5"/>`),
  cross: icon(svg`<path d="m5.3 5.3 9.4 9.4M14.7 5.3l-9.4 9.4"/>`),
  pause: icon(svg`<path d="M7.4 5.2v9.6M12.6 5.2v9.6" stroke-width="2.2"/>`),
  resume: icon(svg`<path d="M7 4.9v10.2L15.2 10z" fill="currentColor"/>`),
  clock: icon(svg`<circle cx="10" cy="10" r="7.2"/><path d="M10 6v4.2l2.7 1.6"/>`),
  person: icon(svg`<circle cx="10" cy="6.9" r="3.1"/><path d="M3.9 16.6c.6-3.1 3.1-4.9 6.1-4.9s5.5 1.8 6.1 4.9"/>`),
  hand: icon(
    svg`<path d="M6.2 10.4V5.3a1.3 1.3 0 0 1 2.6 0V9M8.8 8.6V4.1a1.3 1.3 0 0 1 2.6 0v4.7M11.4 8.8V5.2a1.3 1.3 0 0 1 2.6 0v6.6c0 3.2-2 5.4-4.9 5.4-2.4 0-3.6-1-4.8-3.3L3 11.3a1.2 1.2 0 0 1 2-1.3l1.2 1.4"/>`,
  ),
  cursor: icon(svg`<path d="M5 3.6 15.8 9l-4.7 1.5-2.2 4.6z"/>`),
  arrow: svg`<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="M3.5 2.5 20 10.6l-7.2 2.1-3.6 6.6z" fill="currentColor" stroke="#fff" stroke-width="1.5" stroke-linejoin="round"/></svg>`,
  takeBack: icon(svg`<path d="M8 5 4.2 8.6 8 12.2"/><path d="M4.6 8.6h7.2a4 4 0 0 1 0 8H9"/>`),
  hidden: icon(
    svg`<path d="M2.6 10c3.7-6 11.1-6 14.8 0-3.7 6-11.1 6-14.8 0zM4 16 16 4"/><circle cx="10" cy="10" r="2.2"/>`,
  ),
  screen: icon(svg`<rect x="2.8" y="4" width="14.4" height="9.6" rx="1.4"/><path d="M7 16.6h6M10 13.6v3"/>`),
  note: icon(svg`<circle cx="10" cy="10" r="7.2"/><path d="M10 9.2v4.4M10 6.5v.1" />`),
  smaller: icon(svg`<path d="m6 11.8 4-4 4 4"/>`),
  larger: icon(svg`<path d="m6 8.2 4 4 4-4"/>`),
} as const;

export type IconName = keyof typeof icons;
