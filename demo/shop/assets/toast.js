const place = document.querySelector('[data-toasts]');

/** Says something for four seconds; a link may follow. */
export function toast(text, link) {
  const box = document.createElement('p');
  box.className = 'toast';
  box.append(text);
  if (link) {
    const anchor = document.createElement('a');
    anchor.href = link.href;
    anchor.textContent = link.text;
    box.append(anchor);
  }
  place.replaceChildren(box);
  setTimeout(() => box.remove(), 4000);
}
