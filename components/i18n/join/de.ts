import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const de: Texts<JoinKey> = {
  $code: 'de',
  $name: 'Deutsch',
  $dir: 'ltr',

  joinLabel: 'Code, den Sie vom Support bekommen haben',
  joinButton: 'Beitreten',
  joinJoining: 'Verbindung wird hergestellt…',
  joinWrong: 'Dieser Code ist falsch, schon benutzt oder zu alt. Bitten Sie den Support um einen neuen.',
  joinTooMany: 'Zu viele Versuche. Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
  joinFailed: 'Der Server antwortet nicht. Versuchen Sie es noch einmal.',
  joinJoined: 'Sie sind verbunden. Nichts wird geteilt, bis Sie es erlauben.',
};
