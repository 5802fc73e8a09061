const hues = [222, 12, 150, 280, 38, 190, 330];

/** Two letters on a colour of the person's own. */
export function paintAvatar(element, name) {
  const words = name.trim().split(/\s+/);
  const letters = [...new Set([words[0], words.at(-1)])].map((word) => [...word][0] ?? '').join('');
  const hue = hues[[...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % hues.length];
  element.textContent = letters.toUpperCase();
  element.style.setProperty('--hue', hue);
}
