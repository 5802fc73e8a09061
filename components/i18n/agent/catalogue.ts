import type { Catalogue } from '../localize.js';
import { en, type AgentKey } from './en.js';

/** The words of the agent's tags: English with them, others when a page asks. */
export const agentTexts: Catalogue<AgentKey> = {
  english: en,
  others: { ar: async () => (await import('./ar.js')).ar },
};
