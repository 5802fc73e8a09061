import { svg, type SVGTemplateResult } from 'lit';

/** Line icons on a 20 px grid: 1.6 px round strokes in the colour of the text. They are decoration: the button has the name. */
function icon(content: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg class="icon" part="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${content}</svg>`;
}

/** Our own drawings, by what they stand for. */
export const icons = {
  request: icon(
    svg`<path d="M12.5 15.5H4.4A1.9 1.9 0 0 1 2.5 13.6V5.4A1.9 1.9 0 0 1 4.4 3.5h9.7A1.9 1.9 0 0 1 16 5.4v2.1"/><path d="M2.5 7h13.5"/><path d="m11.3 10.3 6.2 2.3-2.7 1.2-1.2 2.7z" fill="currentColor"/>`,
  ),
  view: icon(
    svg`<path d="M2.2 10S5 4.8 10 4.8 17.8 10 17.8 10 15 15.2 10 15.2 2.2 10 2.2 10Z"/><circle cx="10" cy="10" r="2.5"/>`,
  ),
  unseen: icon(
    svg`<path d="m3.2 3.2 13.6 13.6M8 5.1a7.8 7.8 0 0 1 2-.3c5 0 7.8 5.2 7.8 5.2a13.6 13.6 0 0 1-2.2 2.7M12.9 14.6a7.5 7.5 0 0 1-2.9.6C5 15.2 2.2 10 2.2 10a13.7 13.7 0 0 1 3.2-3.7M8.2 8.3a2.5 2.5 0 0 0 3.5 3.5"/>`,
  ),
  laser: icon(
    svg`<circle cx="12.6" cy="7.4" r="2.1" fill="currentColor" stroke="none"/><path d="M12.6 2.2v1.3M12.6 11.3v1.3M7.4 7.4h1.3M16.5 7.4h1.3M8.9 3.7l.9.9M16.3 11.1l-.9-.9M16.3 3.7l-.9.9"/><path d="m9.3 10.7-6.6 6.6"/>`,
  ),
  pencil: icon(
    svg`<path d="m3 17 .9-3.8L13.5 3.6a1.5 1.5 0 0 1 2.1 0l.8.8a1.5 1.5 0 0 1 0 2.1L6.8 16.1z"/><path d="m11.8 5.3 2.9 2.9"/>`,
  ),
  undo: icon(svg`<path d="M6.8 4 3.3 7.5 6.8 11"/><path d="M3.6 7.5h8.1a4.6 4.6 0 0 1 0 9.2H7.4"/>`),
  trash: icon(
    svg`<path d="M3.5 5.5h13M8 5.5V4.3c0-.7.5-1.3 1.2-1.3h1.6c.7 0 1.2.6 1.2 1.3v1.2"/><path d="m5 5.5.7 10a1.6 1.6 0 0 0 1.6 1.5h5.4a1.6 1.6 0 0 0 1.6-1.5l.7-10"/><path d="M8.5 9v4.5M11.5 9v4.5"/>`,
  ),
  control: icon(
    svg`<path d="M6.5 3.2 16.4 9l-4.5 1.1-2.4 4z"/><path d="m11.8 10.3 4 5.4"/><path d="M3 3.2v.1M2.7 7.7v.1"/>`,
  ),
  fullDevice: icon(
    svg`<rect x="2.2" y="3.8" width="11.6" height="8.7" rx="1.6"/><path d="M5.7 16h4.6M8 12.5V16"/><path d="M16.3 7.3h.2c.7 0 1.3.6 1.3 1.3v6.1c0 .7-.6 1.3-1.3 1.3h-2.7"/>`,
  ),
  refresh: icon(
    svg`<path d="M16.6 8.2A6.9 6.9 0 0 0 4.2 6.3L3 7.7"/><path d="M3 3.9v3.8h3.8"/><path d="M3.4 11.8a6.9 6.9 0 0 0 12.4 1.9l1.2-1.4"/><path d="M17 16.1v-3.8h-3.8"/>`,
  ),
  end: icon(svg`<path d="m5 5 10 10M15 5 5 15"/>`),
  more: icon(
    svg`<g fill="currentColor" stroke="none"><circle cx="4.3" cy="10" r="1.5"/><circle cx="10" cy="10" r="1.5"/><circle cx="15.7" cy="10" r="1.5"/></g>`,
  ),
  back: icon(svg`<path d="M16.5 10h-13M8.3 5 3.3 10l5 5"/>`),
  forward: icon(svg`<path d="M3.5 10h13M11.7 5l5 5-5 5"/>`),
  reload: icon(svg`<path d="M16.4 11.6A6.6 6.6 0 1 1 16 7.3"/><path d="M16.8 3.6v4h-4"/>`),
  address: icon(
    svg`<circle cx="10" cy="10" r="7"/><path d="M3 10h14M10 3c2.2 2 3.2 4.3 3.2 7s-1 5-3.2 7c-2.2-2-3.2-4.3-3.2-7S7.8 5 10 3Z"/>`,
  ),
  chevron: icon(svg`<path d="m6 8.2 4 4 4-4"/>`),
  check: icon(svg`<path d="m4.3 10.7 3.7 3.7 7.7-8.5"/>`),
  withdraw: icon(svg`<path d="M7 5 3.5 8.5 7 12"/><path d="M3.8 8.5H13a3.5 3.5 0 0 1 3.5 3.5v3"/>`),
  pause: icon(svg`<path d="M7.2 5v10M12.8 5v10" stroke-width="2.2"/>`),
  hourglass: icon(
    svg`<path d="M5 3h10M5 17h10M6.2 3v2.6c0 2 3.8 3.2 3.8 4.4s-3.8 2.4-3.8 4.4V17M13.8 3v2.6c0 2-3.8 3.2-3.8 4.4s3.8 2.4 3.8 4.4V17"/>`,
  ),
  denied: icon(svg`<circle cx="10" cy="10" r="7"/><path d="m5.2 5.2 9.6 9.6"/>`),
  warning: icon(
    svg`<path d="M8.6 3.8 2.5 14.4A1.6 1.6 0 0 0 3.9 16.8h12.2a1.6 1.6 0 0 0 1.4-2.4L11.4 3.8a1.6 1.6 0 0 0-2.8 0Z"/><path d="M10 8v3.4M10 13.9v.1"/>`,
  ),
  offline: icon(
    svg`<path d="m3 3 14 14"/><path d="M2.3 8.1a11.6 11.6 0 0 1 3.8-2.4M9 4.9a11.5 11.5 0 0 1 8.7 3.2M5 11a7.7 7.7 0 0 1 3.3-1.9M12.4 9.3A7.7 7.7 0 0 1 15 11"/><path d="M10 14.8v.1" stroke-width="2.4"/>`,
  ),
  clock: icon(svg`<circle cx="10" cy="10" r="7"/><path d="M10 6v4.2l2.7 1.6"/>`),
  desktop: icon(svg`<rect x="2.5" y="3.5" width="15" height="10" rx="1.7"/><path d="M7 17h6M10 13.5V17"/>`),
  mobile: icon(svg`<rect x="5.8" y="2.3" width="8.4" height="15.4" rx="1.9"/><path d="M9 15h2"/>`),
  keyboard: icon(
    svg`<rect x="2" y="5" width="16" height="10" rx="1.8"/><path d="M5 8.2v.1M8.3 8.2v.1M11.7 8.2v.1M15 8.2v.1M7 11.9h6"/>`,
  ),
  plus: icon(svg`<path d="M10 4.5v11M4.5 10h11"/>`),
  minus: icon(svg`<path d="M4.5 10h11"/>`),
  expand: icon(svg`<path d="M12.5 3.2h4.3v4.3M7.5 16.8H3.2v-4.3M16.6 3.4l-4.8 4.8M3.4 16.6l4.8-4.8"/>`),
  shrink: icon(svg`<path d="M16 8.2h-4.2V4M4 11.8h4.2V16M12 8l5-5M8 12l-5 5"/>`),
  copy: icon(
    svg`<rect x="7" y="7" width="10" height="10" rx="1.8"/><path d="M13 4.5A1.5 1.5 0 0 0 11.5 3h-7A1.5 1.5 0 0 0 3 4.5v7A1.5 1.5 0 0 0 4.5 13"/>`,
  ),
} as const;

export type IconName = keyof typeof icons;

/** Three bars; the ones over the level are faint. */
export function signalIcon(level: 0 | 1 | 2 | 3): SVGTemplateResult {
  const bar = (n: number, x: number, y: number) =>
    svg`<rect x=${x} y=${y} width="3.6" height=${16.5 - y} rx="1.2" fill="currentColor" stroke="none" opacity=${n <= level ? 1 : 0.25}></rect>`;
  return icon(svg`${bar(1, 2.8, 11.5)}${bar(2, 8.2, 7.5)}${bar(3, 13.6, 3.5)}`);
}

/** The consumer's mouse pointer on the mirror, its tip at the top left corner. */
export const pointerIcon = svg`<svg class="pointer" viewBox="0 0 20 24" width="20" height="24" aria-hidden="true" focusable="false"><path d="M2 1.5v17.2l4.6-4.1 3 6.9 3.3-1.4-3-6.8 6.2-.6z" fill="currentColor" stroke="#fff" stroke-width="1.7" stroke-linejoin="round"></path></svg>`;
