/** The carousel scrolls by itself every six seconds, until someone touches it or asks for less motion. */
const carousel = document.querySelector('[data-carousel]');
const track = carousel.querySelector('[data-slides]');
const dots = [...carousel.querySelectorAll('[data-dots] span')];
const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

const current = () => Math.round(track.scrollLeft / track.clientWidth);
function go(step) {
  const next = (current() + step + dots.length) % dots.length;
  track.scrollTo({ left: next * track.clientWidth, behavior: still ? 'auto' : 'smooth' });
}
function mark() {
  const now = current();
  dots.forEach((dot, index) => dot.classList.toggle('on', index === now));
}

let timer = still ? undefined : setInterval(() => document.hidden || go(1), 6000);
function stop() {
  clearInterval(timer);
  timer = undefined;
}

carousel.querySelector('[data-previous]').addEventListener('click', () => go(-1));
carousel.querySelector('[data-next]').addEventListener('click', () => go(1));
for (const type of ['pointerdown', 'focusin', 'wheel']) carousel.addEventListener(type, stop, { passive: true });
track.addEventListener('scroll', mark, { passive: true });
mark();
