import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const pl: Texts<JoinKey> = {
  $code: 'pl',
  $name: 'Polski',
  $dir: 'ltr',

  joinLabel: 'Kod otrzymany od konsultanta',
  joinButton: 'Dołącz',
  joinJoining: 'Łączenie…',
  joinWrong: 'Ten kod jest błędny, został już użyty albo wygasł. Proszę poprosić konsultanta o nowy.',
  joinTooMany: 'Zbyt wiele prób. Proszę odczekać minutę i spróbować ponownie.',
  joinFailed: 'Serwer nie odpowiada. Proszę spróbować ponownie.',
  joinJoined: 'Połączenie jest gotowe. Nic nie jest udostępniane bez Państwa zgody.',
};
