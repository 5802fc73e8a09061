import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const nl: Texts<JoinKey> = {
  $code: 'nl',
  $name: 'Nederlands',
  $dir: 'ltr',

  joinLabel: 'Code van uw medewerker',
  joinButton: 'Deelnemen',
  joinJoining: 'Verbinding maken…',
  joinWrong: 'Deze code is onjuist, al gebruikt of te oud. Vraag de medewerker om een nieuwe.',
  joinTooMany: 'Te veel pogingen. Wacht een minuut en probeer het dan opnieuw.',
  joinFailed: 'De server antwoordt niet. Probeer het opnieuw.',
  joinJoined: 'U bent verbonden. Er wordt niets gedeeld totdat u het toestaat.',
};
