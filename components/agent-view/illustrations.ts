import { svg, type SVGTemplateResult } from 'lit';

/** Small pictures for an empty view: two windows, in lines and tints of the theme. Decoration only. */
function picture(content: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg class="picture" viewBox="0 0 168 112" width="168" height="112" fill="none" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
    <ellipse cx="84" cy="101" rx="66" ry="6" class="p-ground"></ellipse>${content}
  </svg>`;
}

const back = svg`<g class="p-line">
  <rect x="18" y="14" width="94" height="66" rx="8" class="p-card"></rect>
  <path d="M18 28h94"></path><path d="M27 21h.1M34 21h.1M41 21h.1" class="p-dots"></path>
  <path d="M30 42h34M30 52h52M30 62h26" class="p-text"></path>
</g>`;
const front = (content: SVGTemplateResult) => svg`<g class="p-line">
  <rect x="74" y="40" width="76" height="54" rx="8" class="p-card p-front"></rect>${content}
</g>`;

export const pictures = {
  /** Nothing yet: a page, and an empty place for it. */
  waiting: picture(svg`${back}
    <rect x="74" y="40" width="76" height="54" rx="8" class="p-card p-front p-dashed p-line"></rect>
    <path d="m104 58 22 8.2-9.8 4.2-4.2 9.8z" class="p-accent-fill"></path>`),
  /** Asked: the question is on the consumer's side. */
  requested: picture(svg`${back}${front(svg`
    <path d="M86 56h44M86 65h30" class="p-text"></path>
    <rect x="86" y="76" width="24" height="9" rx="4.5" class="p-soft"></rect>
    <rect x="114" y="76" width="24" height="9" rx="4.5" class="p-soft"></rect>`)}
    <g class="p-wait"><circle cx="124" cy="30" r="2.6"></circle><circle cx="133" cy="30" r="2.6"></circle><circle cx="142" cy="30" r="2.6"></circle></g>`),
  /** Yes. */
  allowed: picture(
    svg`${back}${front(svg`<circle cx="112" cy="67" r="15" class="p-good"></circle><path d="m105.5 67.5 4.5 4.5 8.5-9.5" class="p-on"></path>`)}`,
  ),
  /** No, or no answer. */
  closed: picture(
    svg`${back}${front(svg`<circle cx="112" cy="67" r="14" class="p-quiet"></circle><path d="m106.5 61.5 11 11M117.5 61.5l-11 11" class="p-quiet"></path>`)}`,
  ),
  expired: picture(
    svg`${back}${front(svg`<circle cx="112" cy="67" r="14" class="p-quiet"></circle><path d="M112 59.5V67l5 3.5" class="p-quiet"></path>`)}`,
  ),
  /** Done. */
  ended: picture(
    svg`${back}${front(svg`<circle cx="112" cy="67" r="14" class="p-quiet"></circle><path d="m105.5 67.5 4.5 4.5 8.5-9.5" class="p-quiet"></path>`)}`,
  ),
  /** Something is wrong. */
  failed: picture(
    svg`${back}${front(svg`<path d="M112 54 97.5 80h29z" class="p-warn"></path><path d="M112 64v7M112 75.4v.1" class="p-warn"></path>`)}`,
  ),
} as const;
