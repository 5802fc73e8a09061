import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const es: Texts<JoinKey> = {
  $code: 'es',
  $name: 'Español',
  $dir: 'ltr',

  joinLabel: 'Código que le ha dado el agente',
  joinButton: 'Unirse',
  joinJoining: 'Conectando…',
  joinWrong: 'Este código es incorrecto, ya se usó o ha caducado. Pida uno nuevo al agente.',
  joinTooMany: 'Demasiados intentos. Espere un minuto y vuelva a intentarlo.',
  joinFailed: 'El servidor no responde. Vuelva a intentarlo.',
  joinJoined: 'Ya hay conexión. No se comparte nada hasta que usted lo permita.',
};
