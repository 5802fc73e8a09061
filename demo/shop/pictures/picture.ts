import type { Finish, Product } from '../products.js';
import { mix, toneOf } from './color.js';
import { stands, things } from './things.js';

/** `front` on plain ground, `detail` from near, `room` in a corner with light from a window. */
export const views = ['front', 'detail', 'room'] as const;
export type View = (typeof views)[number];

/** One picture of a product as an SVG file. All of them are drawn here: the demo has no pictures from elsewhere. */
export function drawPicture(product: Product, finish: Finish, view: View): string {
  const thing = things[product.thing](toneOf(finish.color));
  const scene = { front, detail, room }[view](product, finish, thing);
  const box = view === 'detail' ? '130 90 300 300' : '0 0 600 600';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="600" height="600">${gradients(finish)}${scene}</svg>`;
}

function gradients(finish: Finish): string {
  const { main, light, dark } = toneOf(finish.color);
  return `<defs>
    <linearGradient id="round" x1="0" x2="1" y1="0" y2=".25"><stop offset="0" stop-color="${light}"/><stop offset=".34" stop-color="${main}"/><stop offset="1" stop-color="${dark}"/></linearGradient>
    <linearGradient id="wall" x1="0" x2="1" y1="0" y2="1"><stop offset="0" stop-color="${mix(finish.ground, '#ffffff', 0.45)}"/><stop offset="1" stop-color="${mix(finish.ground, finish.color, 0.1)}"/></linearGradient>
    <linearGradient id="floor" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="#d6b184"/><stop offset="1" stop-color="#bf9464"/></linearGradient>
    <radialGradient id="glow"><stop offset="0" stop-color="#fff3c4" stop-opacity=".95"/><stop offset="1" stop-color="#fff3c4" stop-opacity="0"/></radialGradient>
    <radialGradient id="shadow"><stop offset="0" stop-color="#14182b" stop-opacity=".34"/><stop offset="1" stop-color="#14182b" stop-opacity="0"/></radialGradient>
  </defs>`;
}

function front(product: Product, finish: Finish, thing: string): string {
  const floor = stands(product.thing)
    ? `<path d="M0 450h600v150H0z" fill="${mix(finish.ground, finish.color, 0.16)}"/><ellipse cx="300" cy="496" rx="236" ry="28" fill="url(#shadow)"/>`
    : '';
  return `<path d="M0 0h600v600H0z" fill="url(#wall)"/>${floor}<g transform="translate(-42 -42) scale(1.14)">${thing}</g>`;
}

function detail(_product: Product, finish: Finish, thing: string): string {
  return `<path d="M0 0h600v600H0z" fill="${mix(finish.ground, finish.color, 0.22)}"/><circle cx="420" cy="150" r="190" fill="${mix(finish.ground, '#ffffff', 0.4)}"/>${thing}`;
}

function room(product: Product, finish: Finish, thing: string): string {
  const wall = mix(finish.ground, '#ffffff', 0.25);
  const boards = [0, 110, 230, 360, 500].map(
    (x) =>
      `<path d="M${300 + (x - 300) * 0.7} 452L${x * 1.3 - 60} 600" stroke="#a97f52" stroke-opacity=".5" stroke-width="2"/>`,
  );
  const at = stands(product.thing) ? 'translate(140 200) scale(.62)' : 'translate(150 40) scale(.56)';
  return `<path d="M0 0h600v452H0z" fill="${wall}"/><path d="M0 452h600v148H0z" fill="url(#floor)"/>${boards.join('')}
    <path d="M0 440h600v14H0z" fill="#fff" fill-opacity=".8"/>
    <path d="M40 60h150v220H40z" fill="#fff"/><path d="M52 72h126v196H52z" fill="#bfe0f2"/><path d="M52 200c40-40 80-10 126-30v98H52z" fill="#8fb58a"/><path d="M112 72h7v196h-7zM52 166h126v6H52z" fill="#fff"/>
    <path d="M190 60l330 280v112H330L40 280z" fill="#fff" fill-opacity=".2"/>
    <path d="M430 110h120v150H430z" fill="#2b303b"/><path d="M440 120h100v130H440z" fill="#fbf9f4"/><circle cx="490" cy="176" r="30" fill="${finish.color}"/><path d="M440 220h100v30H440z" fill="${mix(finish.color, '#14182b', 0.4)}"/>
    <ellipse cx="326" cy="492" rx="${stands(product.thing) ? 150 : 0}" ry="17" fill="url(#shadow)"/><g transform="${at}">${thing}</g>`;
}
