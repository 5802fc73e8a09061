import { expect, fixture, html } from '@open-wc/testing';
import '../cobrowse-join.js';

const THEMES = ['default', 'orchard', 'ledger', 'signal'];
/** Of text. What only draws lines and icons needs 3 to 1. */
const TEXT = 4.5;
const SURFACES = ['surface', 'surface-raised'];
const ON_SURFACES = [
  'text',
  'text-quiet',
  'accent',
  'danger',
  'warning',
  'success',
  'control',
  'full-device',
  'recording',
];

/** Red, green and blue, linear, of any color that the browser knows. */
function linear(color: string): number[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
}

function contrast(one: string, other: string): number {
  const [lighter, darker] = [one, other]
    .map((color) => {
      const [red = 0, green = 0, blue = 0] = linear(color);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .sort((a, b) => b - a);
  return (lighter! + 0.05) / (darker! + 0.05);
}

describe('themes', () => {
  let sheet: HTMLLinkElement;
  afterEach(() => {
    sheet.remove();
    document.documentElement.style.colorScheme = '';
  });

  async function use(name: string, scheme: string): Promise<(role: string) => string> {
    sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = `/components/themes/${name}.css`;
    const isLoaded = new Promise((resolve, reject) => {
      sheet.onload = resolve;
      sheet.onerror = reject;
    });
    document.head.append(sheet);
    await isLoaded;
    document.documentElement.style.colorScheme = scheme;
    const probe = await fixture<HTMLElement>(html`<span></span>`);
    return (role) => {
      probe.style.color = `var(--cobrowse-color-${role})`;
      return getComputedStyle(probe).color;
    };
  }

  for (const name of THEMES)
    for (const scheme of ['light', 'dark'])
      it(`${name} can be read in ${scheme}`, async () => {
        const color = await use(name, scheme);
        const low: string[] = [];
        const check = (role: string, on: string, least = TEXT) => {
          const ratio = contrast(color(role), color(on));
          if (ratio < least) low.push(`${role} on ${on}: ${ratio.toFixed(2)}`);
        };
        for (const surface of SURFACES) {
          for (const role of ON_SURFACES) check(role, surface, name === 'signal' ? 7 : TEXT);
          check('focus', surface, 3);
        }
        check('on-accent', 'accent');
        check('on-danger', 'danger');
        expect(low).to.deep.equal([]);
      });

  it('reach into the tags', async () => {
    await use('ledger', 'light');
    const join = await fixture<HTMLElement>(html`<cobrowse-join></cobrowse-join>`);
    const submit = join.shadowRoot!.querySelector<HTMLElement>('[part="submit"]')!;
    expect(getComputedStyle(submit).backgroundColor).to.equal('rgb(20, 40, 75)');
    expect(getComputedStyle(submit).borderTopLeftRadius).to.equal('2px');
  });
});
