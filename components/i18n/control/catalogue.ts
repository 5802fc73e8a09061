import type { Catalogue } from '../localize.js';
import { en, type ControlKey } from './en.js';

/** What the consumer reads while an agent has control: comes with the control itself. */
export const controlCatalogue: Catalogue<ControlKey> = {
  english: en,
  others: { ar: async () => (await import('./ar.js')).ar },
};
