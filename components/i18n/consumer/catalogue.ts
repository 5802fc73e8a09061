import type { Catalogue } from '../localize.js';
import { en, type ConsumerKey } from './en.js';

/** The consumer's words: English comes with the tags, Arabic when a page asks for it. */
export const consumerCatalogue: Catalogue<ConsumerKey> = {
  english: en,
  others: { ar: async () => (await import('./ar.js')).ar },
};
