const modifiers = ['Control', 'Alt', 'Shift', 'Meta'] as const;

/** Whether the keys are those of a text like `Control+Alt+S`. By the key's letter or its place on the keyboard. */
export function matchesShortcut(event: KeyboardEvent, shortcut: string): boolean {
  const names = namesOf(shortcut);
  const key = names.pop();
  if (!key || names.length === 0) return false;
  if (modifiers.some((name) => names.includes(name) !== event.getModifierState(name))) return false;
  return event.key.toLowerCase() === key.toLowerCase() || event.code === `Key${key.toUpperCase()}`;
}

/** What stands on the keys. */
const labels: Readonly<Record<string, string>> = { Control: 'Ctrl', Escape: 'Esc' };
const appleLabels: Readonly<Record<string, string>> = {
  Control: 'Control',
  Alt: 'Option',
  Meta: 'Command',
  Escape: 'Esc',
};

/** The keys of a shortcut, as they are named on the keyboard. */
export function shortcutLabels(shortcut: string, isApple: boolean): string[] {
  const named = isApple ? appleLabels : labels;
  return namesOf(shortcut).map((name) => named[name] ?? name);
}

function namesOf(shortcut: string): string[] {
  return shortcut.split('+').map((name) => name.trim());
}
