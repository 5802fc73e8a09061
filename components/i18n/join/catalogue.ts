import type { Catalogue } from '../localize.js';
import { en, type JoinKey } from './en.js';

/** The words of the entry of a code: English comes with the tag, the others when a page asks for them. */
export const joinCatalogue: Catalogue<JoinKey> = {
  english: en,
  others: {
    ar: async () => (await import('./ar.js')).ar,
    de: async () => (await import('./de.js')).de,
    es: async () => (await import('./es.js')).es,
    fr: async () => (await import('./fr.js')).fr,
    he: async () => (await import('./he.js')).he,
    hi: async () => (await import('./hi.js')).hi,
    it: async () => (await import('./it.js')).it,
    ja: async () => (await import('./ja.js')).ja,
    ko: async () => (await import('./ko.js')).ko,
    nl: async () => (await import('./nl.js')).nl,
    pl: async () => (await import('./pl.js')).pl,
    pt: async () => (await import('./pt.js')).pt,
    zh: async () => (await import('./zh.js')).zh,
  },
};
