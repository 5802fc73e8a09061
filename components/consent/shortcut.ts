const modifiers = ['Control', 'Alt', 'Shift', 'Meta'] as const;

/** Whether the keys are those of a text like `Control+Alt+S`. By the key's letter or its place on the keyboard. */
export function matchesShortcut(event: KeyboardEvent, shortcut: string): boolean {
  const names = shortcut.split('+').map((name) => name.trim());
  const key = names.pop();
  if (!key || names.length === 0) return false;
  if (modifiers.some((name) => names.includes(name) !== event.getModifierState(name))) return false;
  return event.key.toLowerCase() === key.toLowerCase() || event.code === `Key${key.toUpperCase()}`;
}
