import { authorOf, type Root } from './doc-schema.js';
import type { FrameKind } from './frames.js';
import type { Role } from './vocabulary.js';

/** `any`: every key. `own`: keys `<own sub>:<n>`. `none`: nothing. */
export type Right = 'any' | 'own' | 'none';

/** Who may write what in the session's doc. The server decides each update by this table before it is applied. */
export const DOC_RIGHTS: Record<Root, Record<Role, Right>> = {
  session: { consumer: 'any', agent: 'none', observer: 'none' },
  requests: { consumer: 'none', agent: 'own', observer: 'none' },
  answers: { consumer: 'any', agent: 'none', observer: 'none' },
  annotations: { consumer: 'own', agent: 'own', observer: 'none' },
};

/** What a role may do with an entry: the consumer may delete anyone's stroke (trash of all), but write only its own. */
export function mayChange(role: Role, sub: string, root: Root, key: string, change: 'set' | 'delete'): boolean {
  if (change === 'delete' && root === 'annotations' && role === 'consumer') return true;
  const right = DOC_RIGHTS[root][role];
  return right === 'any' || (right === 'own' && authorOf(key) === sub);
}

/** Who may send which kind of frame on the mirror channel. Input is gated further, by mode. */
export const FRAME_RIGHTS: Record<FrameKind, readonly Role[]> = {
  events: ['consumer'],
  input: ['agent'],
  ink: ['consumer', 'agent'],
  screen: ['consumer'],
  asset: ['consumer'],
  control: ['consumer', 'agent', 'observer'],
  live: ['consumer'],
};
