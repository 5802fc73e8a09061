import type { Texts } from '../localize.js';
import type { ControlKey } from './en.js';

export const ar: Texts<ControlKey> = {
  $code: 'ar',
  $name: 'العربية',
  $dir: 'rtl',

  controlling: 'التحكم في هذه الصفحة لدى {agent}',
  consumerFirst: 'الأولوية لك. {agent} في الانتظار.',
  controlStarted: 'التحكم الآن لدى {agent}.',
  controlStartedStop: 'التحكم الآن لدى {agent}. اضغط {shortcut} للإيقاف.',
  controlEnded: 'انتهى التحكم.',

  needTitle: 'يحتاج {agent} إلى مساعدتك',
  'need.file': 'يُرجى اختيار ملف هنا.',
  'need.window': 'يُرجى فتح {address}.',
  'need.address': 'يُرجى الانتقال إلى {address}.',
  'need.fullscreen': 'يُرجى تحويل هذا إلى ملء الشاشة.',
  'need.clipboard': 'يُرجى نسخ هذا أو لصقه بنفسك.',
  'need.download': 'يُرجى تنزيل هذا بنفسك.',
  'need.permission': 'يُرجى النقر هنا بنفسك. قد يطلب المتصفح إذنك.',
  'need.picker': 'يُرجى اختيار قيمة هنا.',
  'need.print': 'يُرجى طباعة هذه الصفحة.',
  'need.submit': 'يُرجى مراجعة ما أُدخل ثم إرساله بنفسك.',
  'need.other': 'يُرجى النقر هنا بنفسك.',
  open: 'فتح',
  dismiss: 'إغلاق',
};
