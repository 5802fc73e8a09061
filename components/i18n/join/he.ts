import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const he: Texts<JoinKey> = {
  $code: 'he',
  $name: 'עברית',
  $dir: 'rtl',

  joinLabel: 'הקוד שקיבלת מהתמיכה',
  joinButton: 'הצטרפות',
  joinJoining: 'מתבצעת הצטרפות…',
  joinWrong: 'הקוד שגוי, כבר נוצל או ישן מדי. אפשר לבקש מהתמיכה קוד חדש.',
  joinTooMany: 'יותר מדי ניסיונות. יש להמתין דקה ולנסות שוב.',
  joinFailed: 'השרת אינו עונה. יש לנסות שוב.',
  joinJoined: 'החיבור נוצר. דבר לא משותף עד לקבלת אישור ממך.',
};
