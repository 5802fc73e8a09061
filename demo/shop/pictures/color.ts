/** A thing's colour with what light makes of it. All `#rrggbb`. */
export interface Tone {
  readonly main: string;
  readonly light: string;
  readonly dark: string;
  readonly deep: string;
}

export function toneOf(color: string): Tone {
  return {
    main: color,
    light: mix(color, '#ffffff', 0.34),
    dark: mix(color, '#14182b', 0.28),
    deep: mix(color, '#14182b', 0.55),
  };
}

/** Between two colours: 0 is the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const part = (at: number) => {
    const [a, b] = [parseInt(from.slice(at, at + 2), 16), parseInt(to.slice(at, at + 2), 16)];
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}
