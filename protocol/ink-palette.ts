/** Ink colours that can be told apart, also by people who see fewer colours; dark enough for white text on them. */
export const INK_PALETTE = ['#d6336c', '#1971c2', '#2b8a3e', '#c2410c', '#7048e8', '#0b7285'] as const;

/** The colour of a person whose token names none: the same on every side, and stable. */
export function colorOf(sub: string): string {
  let hash = 0;
  for (const character of sub) hash = (Math.imul(hash, 31) + character.codePointAt(0)!) >>> 0;
  return INK_PALETTE[hash % INK_PALETTE.length]!;
}
