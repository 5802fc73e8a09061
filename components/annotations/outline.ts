import { getStroke } from 'perfect-freehand';
import { clamp } from './geometry.js';

/** How much pressure thins a pencil's line: 0 not at all, 1 to nothing. */
const THINNING = 0.45;
/** Coordinates beyond this are a mistake or an attack. CSS pixels. */
const FAR = 20_000;

const number = (value: number) => String(Math.round(value * 100) / 100);

/** A closed outline as a smooth path: its corners become the controls of curves between the middles of its sides. */
function smoothPath(outline: readonly (readonly number[])[]): string {
  if (outline.length < 3) return '';
  const middle = (i: number): string => {
    const [ax, ay] = outline[i % outline.length] as [number, number];
    const [bx, by] = outline[(i + 1) % outline.length] as [number, number];
    return `${number((ax + bx) / 2)} ${number((ay + by) / 2)}`;
  };
  let path = `M${middle(0)}`;
  for (let i = 1; i <= outline.length; i++) {
    const [x, y] = outline[i % outline.length] as [number, number];
    path += `Q${number(x)} ${number(y)} ${middle(i)}`;
  }
  return `${path}Z`;
}

function dotPath(x: number, y: number, radius: number): string {
  const r = number(radius);
  const arc = (dx: number) => `a${r} ${r} 0 1 0 ${number(dx)} 0`;
  return `M${number(x - radius)} ${number(y)}${arc(2 * radius)}${arc(-2 * radius)}Z`;
}

/** Points as a peer sent them, made fit to be drawn: bounded in place and pressure. */
export function boundedPoints(points: readonly number[]): number[] {
  return points.map((value, i) => (i % 3 === 2 ? clamp(value, 0, 1) : clamp(value, -FAR, FAR)));
}

/** The filled shape of a pencil's stroke, as SVG path data. Points: x, y, pressure in turn. A single one is a dot. */
export function inkPath(points: readonly number[], width: number): string {
  const input: [number, number, number][] = [];
  for (let i = 0; i + 2 < points.length; i += 3) input.push([points[i]!, points[i + 1]!, points[i + 2]!]);
  const [first, last] = [input[0], input.at(-1)];
  if (!first || !last) return '';
  const tap = input.every(([x, y]) => Math.hypot(x - first[0], y - first[1]) < 1);
  if (tap) return dotPath(first[0], first[1], width * 0.75);
  const shape = { size: width, thinning: THINNING, smoothing: 0.6, streamline: 0, simulatePressure: false, last: true };
  return smoothPath(getStroke(input, shape));
}

/** A place the laser was at, and how much is left of its life: 1 now, 0 gone. */
export interface TrailPoint {
  x: number;
  y: number;
  life: number;
}

/** The laser's tail: as wide as the dot where it is new, running out to nothing where it is old. Oldest point first. */
export function trailPath(trail: readonly TrailPoint[], size: number): string {
  if (trail.length < 2) return '';
  const input = trail.map(({ x, y, life }): [number, number, number] => [x, y, clamp(life, 0, 1)]);
  const outline = getStroke(input, {
    size,
    thinning: 1,
    easing: (pressure) => pressure / 2,
    smoothing: 0.6,
    streamline: 0.35,
    simulatePressure: false,
    last: true,
  });
  return smoothPath(outline);
}
