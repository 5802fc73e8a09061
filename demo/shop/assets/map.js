const pins = [...document.querySelectorAll('.pins li')];

// the picture fills the frame and is cut off at the sides, the pins go with it
function place() {
  const [width, height] = [document.documentElement.clientWidth, window.innerHeight];
  const scale = Math.max(width / 640, height / 460);
  for (const pin of pins) {
    pin.style.left = `${(width - 640 * scale) / 2 + pin.dataset.x * scale}px`;
    pin.style.top = `${(height - 460 * scale) / 2 + pin.dataset.y * scale}px`;
  }
}
window.addEventListener('resize', place);
place();

for (const pin of pins) {
  pin.firstElementChild.addEventListener('click', ({ currentTarget: button }) => {
    for (const other of pins) other.firstElementChild.setAttribute('aria-pressed', String(other === pin));
    const { name, text } = button.dataset;
    window.parent.postMessage({ type: 'store', name, text }, location.origin);
  });
}
