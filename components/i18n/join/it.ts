import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const it: Texts<JoinKey> = {
  $code: 'it',
  $name: 'Italiano',
  $dir: 'ltr',

  joinLabel: 'Codice ricevuto dall’assistenza',
  joinButton: 'Partecipa',
  joinJoining: 'Connessione in corso…',
  joinWrong: 'Questo codice è errato, già usato o scaduto. Ne chieda uno nuovo all’assistenza.',
  joinTooMany: 'Troppi tentativi. Attenda un minuto, poi riprovi.',
  joinFailed: 'Il server non risponde. Riprovi.',
  joinJoined: 'La connessione è attiva. Nulla viene condiviso finché non lo consente.',
};
