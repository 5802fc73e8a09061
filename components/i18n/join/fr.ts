import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const fr: Texts<JoinKey> = {
  $code: 'fr',
  $name: 'Français',
  $dir: 'ltr',

  joinLabel: 'Code donné par votre conseiller',
  joinButton: 'Rejoindre',
  joinJoining: 'Connexion…',
  joinWrong: 'Ce code est incorrect, déjà utilisé ou trop ancien. Demandez-en un nouveau à votre conseiller.',
  joinTooMany: 'Trop d’essais. Attendez une minute, puis réessayez.',
  joinFailed: 'Le serveur ne répond pas. Réessayez.',
  joinJoined: 'La connexion est établie. Rien n’est partagé tant que vous ne l’autorisez pas.',
};
