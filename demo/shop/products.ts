import type { ThingName } from './pictures/things.js';

export interface Finish {
  readonly id: string;
  readonly name: string;
  /** The thing's main colour in its pictures. */
  readonly color: string;
  /** What it stands on in its pictures. */
  readonly ground: string;
}

export interface Product {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly category: Category;
  readonly material: Material;
  /** Euros. */
  readonly price: number;
  readonly rating: number;
  readonly reviews: number;
  readonly badge?: string;
  readonly thing: ThingName;
  readonly line: string;
  readonly size: string;
  readonly finishes: readonly [Finish, ...Finish[]];
}

export const categories = ['Lighting', 'Seating', 'Table', 'Textiles', 'Storage', 'Decor'] as const;
export type Category = (typeof categories)[number];
export const materials = ['Oak', 'Ceramic', 'Wool', 'Steel', 'Glass'] as const;
export type Material = (typeof materials)[number];

const cobalt: Finish = { id: 'cobalt', name: 'Cobalt', color: '#2f4fd0', ground: '#dfe5fb' };
const saffron: Finish = { id: 'saffron', name: 'Saffron', color: '#eaa51c', ground: '#fbeecb' };
const rust: Finish = { id: 'rust', name: 'Rust', color: '#c8512d', ground: '#f9e0d6' };
const moss: Finish = { id: 'moss', name: 'Moss', color: '#4f7a4d', ground: '#dfebdb' };
const chalk: Finish = { id: 'chalk', name: 'Chalk', color: '#e9e4da', ground: '#c9d6e4' };
const ink: Finish = { id: 'ink', name: 'Ink', color: '#2b303b', ground: '#e3e5ea' };
const plum: Finish = { id: 'plum', name: 'Plum', color: '#7c3b5e', ground: '#f1dfe8' };
const oak: Finish = { id: 'oak', name: 'Natural oak', color: '#c99a62', ground: '#f1e6d6' };

/** Everything that the shop sells, best sellers first. */
export const products: readonly Product[] = [
  {
    slug: 'ode-table-lamp',
    name: 'Ode',
    kind: 'Table lamp',
    category: 'Lighting',
    material: 'Steel',
    price: 129,
    rating: 4.8,
    reviews: 212,
    badge: 'Best seller',
    thing: 'lamp',
    line: 'A mushroom of warm light. Touch the stem to dim it in three steps.',
    size: '26 x 26 x 38 cm',
    finishes: [saffron, cobalt, rust],
  },
  {
    slug: 'tern-lounge-chair',
    name: 'Tern',
    kind: 'Lounge chair',
    category: 'Seating',
    material: 'Wool',
    price: 389,
    rating: 4.7,
    reviews: 96,
    thing: 'chair',
    line: 'Deep enough to read in, light enough to move to the window with one hand.',
    size: '72 x 78 x 80 cm',
    finishes: [cobalt, moss, rust],
  },
  {
    slug: 'pebble-vase',
    name: 'Pebble',
    kind: 'Vase',
    category: 'Decor',
    material: 'Ceramic',
    price: 58,
    rating: 4.6,
    reviews: 141,
    thing: 'vase',
    line: 'Thrown, then pressed by hand on one side, so no two lean the same way.',
    size: '17 x 17 x 27 cm',
    finishes: [rust, chalk, plum],
  },
  {
    slug: 'kelpie-kettle',
    name: 'Kelpie',
    kind: 'Stovetop kettle',
    category: 'Table',
    material: 'Steel',
    price: 94,
    rating: 4.5,
    reviews: 178,
    badge: 'New',
    thing: 'kettle',
    line: 'Boils 1.6 litres and hums before it whistles, which is only polite.',
    size: '24 x 20 x 22 cm',
    finishes: [moss, saffron, ink],
  },
  {
    slug: 'sund-mugs',
    name: 'Sund',
    kind: 'Set of two mugs',
    category: 'Table',
    material: 'Ceramic',
    price: 32,
    rating: 4.9,
    reviews: 430,
    thing: 'mugs',
    line: 'Stoneware with a thumb rest. They stack, and they forgive the dishwasher.',
    size: '8 x 11 x 9 cm each',
    finishes: [cobalt, saffron, chalk],
  },
  {
    slug: 'noon-wall-clock',
    name: 'Noon',
    kind: 'Wall clock',
    category: 'Decor',
    material: 'Steel',
    price: 74,
    rating: 4.4,
    reviews: 67,
    thing: 'clock',
    line: 'Silent movement, one bold hour hand, and nothing else to look at.',
    size: '32 cm across',
    finishes: [ink, saffron, rust],
  },
  {
    slug: 'rung-shelf',
    name: 'Rung',
    kind: 'Leaning shelf',
    category: 'Storage',
    material: 'Oak',
    price: 249,
    rating: 4.6,
    reviews: 88,
    thing: 'shelf',
    line: 'Solid oak, four boards, no tools. It leans on the wall and stays there.',
    size: '60 x 34 x 178 cm',
    finishes: [oak, ink],
  },
  {
    slug: 'holm-planter',
    name: 'Holm',
    kind: 'Planter on legs',
    category: 'Decor',
    material: 'Ceramic',
    price: 45,
    rating: 4.7,
    reviews: 119,
    thing: 'planter',
    line: 'Keeps a fern off the floor and its water off your boards.',
    size: '24 x 24 x 41 cm',
    finishes: [chalk, cobalt, rust],
  },
  {
    slug: 'pivot-stool',
    name: 'Pivot',
    kind: 'Stool',
    category: 'Seating',
    material: 'Oak',
    price: 149,
    rating: 4.5,
    reviews: 54,
    thing: 'stool',
    line: 'A seat, a step, a place for the book you are not reading.',
    size: '36 x 36 x 45 cm',
    finishes: [oak, rust, moss],
  },
  {
    slug: 'drift-throw',
    name: 'Drift',
    kind: 'Wool throw',
    category: 'Textiles',
    material: 'Wool',
    price: 119,
    rating: 4.8,
    reviews: 203,
    thing: 'throw',
    line: 'Lambswool from one mill, woven in bands and finished with a short fringe.',
    size: '130 x 180 cm',
    finishes: [plum, moss, cobalt],
  },
  {
    slug: 'halo-pendant',
    name: 'Halo',
    kind: 'Pendant',
    category: 'Lighting',
    material: 'Glass',
    price: 189,
    rating: 4.7,
    reviews: 73,
    badge: 'Last ones',
    thing: 'pendant',
    line: 'Two rings of opal glass that light the table and flatter everyone at it.',
    size: '48 cm across',
    finishes: [chalk, saffron, plum],
  },
  {
    slug: 'lull-candles',
    name: 'Lull',
    kind: 'Three candles',
    category: 'Decor',
    material: 'Glass',
    price: 29,
    rating: 4.3,
    reviews: 61,
    thing: 'candles',
    line: 'Rapeseed wax in three heights. Thirty hours, and no scent to argue about.',
    size: '6 x 6 x 12 to 24 cm',
    finishes: [plum, saffron, moss],
  },
];

export function findProduct(slug: string): Product | undefined {
  return products.find((product) => product.slug === slug);
}

/** Address of a picture. */
export function pictureUrl(product: Product, finish: Finish = product.finishes[0], view = 'front'): string {
  return `/pictures/${product.slug}-${finish.id}-${view}.svg`;
}
