import type { Decorator, Preview } from '@storybook/web-components-vite';
import { html } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';

const select = <Icon extends string>(name: string, icon: Icon, items: Record<string, string>) => ({
  name,
  toolbar: {
    title: name,
    icon,
    dynamicTitle: true,
    items: Object.entries(items).map(([value, title]) => ({ value, title })),
  },
});

/** Languages of the kit with their own names; a right-to-left one turns the page around. */
const LANGUAGES = { en: 'English', ar: 'العربية' };
const RIGHT_TO_LEFT = ['ar', 'he'];

export const SWITCHES = {
  theme: select('Light or dark', 'mirror', { light: 'Light', dark: 'Dark' }),
  brand: select('Theme', 'paintbrush', { default: 'Default', orchard: 'Orchard', ledger: 'Ledger', signal: 'Signal' }),
  language: select('Language', 'globe', LANGUAGES),
  density: select('Density', 'component', { comfortable: 'Comfortable', compact: 'Compact' }),
  motion: select('Motion', 'play', { full: 'Full motion', reduced: 'Reduced motion' }),
  width: select('Width', 'mobile', { full: 'Full width', narrow: '320 pixels' }),
} satisfies Preview['globalTypes'];

/** What the host page decides, and our tags obey. */
export const inSurroundings: Decorator = (story, { globals }) => {
  const { theme, brand, language, density, motion, width } = globals as Record<string, string>;
  const root = document.documentElement;
  root.lang = language ?? 'en';
  root.dir = RIGHT_TO_LEFT.includes(root.lang) ? 'rtl' : 'ltr';
  document.body.style.font = '16px/1.5 system-ui, sans-serif';
  document.body.style.color = 'light-dark(#14232c, #e9f0f3)';
  root.style.colorScheme = theme ?? 'light';
  root.style.background = theme === 'dark' ? '#0f161b' : '#eef3f5';
  root.style.setProperty('--cobrowse-density', density === 'compact' ? '0.75' : '1');
  if (motion === 'reduced') root.style.setProperty('--cobrowse-duration', '0ms');
  else root.style.removeProperty('--cobrowse-duration');
  useTheme(brand ?? 'default');
  const box = { maxInlineSize: width === 'narrow' ? '320px' : 'none', minBlockSize: '100vh', boxSizing: 'border-box' };
  return html`<div style=${styleMap(box)}>${story()}</div>`;
};

function useTheme(name: string): void {
  const id = 'cobrowse-theme';
  const link = (document.getElementById(id) ?? document.createElement('link')) as HTMLLinkElement;
  link.id = id;
  link.rel = 'stylesheet';
  const href = new URL(`themes/${name}.css`, document.baseURI).href;
  if (link.href !== href) link.href = href;
  if (!link.isConnected) document.head.append(link);
}
