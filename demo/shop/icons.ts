import { trusted, type Html } from '../web/html.js';

const paths = {
  search: '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
  bag: '<path d="M5.5 8h13l1 12.5h-15z"/><path d="M9 10.5V7a3 3 0 0 1 6 0v3.5"/>',
  person: '<circle cx="12" cy="8" r="3.75"/><path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.700 2 7.500 6"/>',
  moon: '<path d="M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z"/>',
  left: '<path d="m14.500 5-7 7 7 7"/>',
  right: '<path d="m9.500 5 7 7-7 7"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  truck:
    '<path d="M2.500 6.500h11v10h-11zM13.500 10h4l3.500 3.500v3h-7.500z"/><circle cx="7" cy="17.500" r="1.900"/><circle cx="17" cy="17.500" r="1.900"/>',
  back: '<path d="M4 12a8 8 0 1 0 2.500-5.800"/><path d="M4 4.500v4h4"/>',
  shield:
    '<path d="M12 3.500 19 6v6c0 4.500-3 7-7 8.500C8 19 5 16.500 5 12V6z"/><path d="m9 12 2.200 2.200L15.200 10"/>',
  pin: '<path d="M12 21s-6.500-6-6.500-11a6.500 6.500 0 0 1 13 0c0 5-6.500 11-6.500 11z"/><circle cx="12" cy="10" r="2.300"/>',
  card: '<path d="M3 6.500h18v11.500H3zM3 10.500h18"/>',
} as const;

/** A line icon of 20 pixels that words stand beside, so it is silent. */
export function icon(name: keyof typeof paths): Html {
  return trusted(
    `<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`,
  );
}
