import { setCustomElementsManifest } from '@storybook/web-components-vite';
import manifest from '../dist/custom-elements.json';
import { inSurroundings, SWITCHES } from '../stories/support/surroundings.js';

setCustomElementsManifest(manifest);

/** @type {import('@storybook/web-components-vite').Preview} */
export default {
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    controls: { expanded: true, sort: 'requiredFirst' },
    a11y: { test: 'error' },
    options: { storySort: { order: ['Start', 'Flow', 'Consent', 'Toolbar', 'Agent view', 'Design'] } },
    docs: { story: { inline: false, height: '420px' } },
  },
  globalTypes: SWITCHES,
  initialGlobals: {
    theme: 'light',
    brand: 'default',
    language: 'en',
    density: 'comfortable',
    motion: 'full',
    width: 'full',
  },
  decorators: [inSurroundings],
};
