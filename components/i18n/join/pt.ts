import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const pt: Texts<JoinKey> = {
  $code: 'pt',
  $name: 'Português',
  $dir: 'ltr',

  joinLabel: 'Código recebido do atendimento',
  joinButton: 'Entrar',
  joinJoining: 'A ligar…',
  joinWrong: 'Este código está errado, já foi usado ou expirou. Peça um novo ao atendimento.',
  joinTooMany: 'Demasiadas tentativas. Espere um minuto e tente de novo.',
  joinFailed: 'O servidor não responde. Tente de novo.',
  joinJoined: 'A ligação está feita. Nada é partilhado até que o permita.',
};
