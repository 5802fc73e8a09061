import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const ar: Texts<JoinKey> = {
  $code: 'ar',
  $name: 'العربية',
  $dir: 'rtl',

  joinLabel: 'الرمز الذي أعطاك إياه الدعم',
  joinButton: 'انضمام',
  joinJoining: 'جارٍ الانضمام…',
  joinWrong: 'هذا الرمز غير صحيح أو استُخدم من قبل أو انتهت صلاحيته. اطلب رمزًا جديدًا من الدعم.',
  joinTooMany: 'محاولات كثيرة جدًا. انتظر دقيقة ثم حاول مرة أخرى.',
  joinFailed: 'الخادم لا يستجيب. حاول مرة أخرى.',
  joinJoined: 'تم الاتصال. لا تتم مشاركة أي شيء حتى تسمح بذلك.',
};
