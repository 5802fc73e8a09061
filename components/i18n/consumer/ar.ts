import type { Texts } from '../localize.js';
import type { ConsumerKey } from './en.js';

/** The agent's name is repeated where a pronoun would say whether it's a woman or a man. */
export const ar: Texts<ConsumerKey> = {
  $code: 'ar',
  $name: 'العربية',
  $dir: 'rtl',

  allow: 'السماح',
  deny: 'الرفض',
  theAgent: 'الدعم',
  who: '{agent} من {company}',
  stopAnyTime: 'يمكنك الإيقاف في أي وقت.',
  hidden: 'تبقى كلمات المرور وبيانات البطاقات والحقول التي نحميها مخفية.',
  expiry: 'ينتهي هذا الطلب خلال {time}.',
  expirySoon: 'بقي {time} فقط للإجابة.',
  policy: 'كيف يعمل التصفح المشترك',
  onlyMinutes: 'لمدة لا تتجاوز {minutes} دقيقة.',

  'screen-share.title': 'هل تريد عرض علامة التبويب هذه على {agent}؟',
  'screen-share.body': 'ستظهر لـ {who} صفحات {site} التي تفتحها في علامة التبويب هذه أثناء استخدامك لها.',
  'screen-share.limit': 'يمكن لـ {agent} الإشارة والرسم عليها، دون النقر أو الكتابة.',
  'screen-share.mobile.title': 'هل تريد عرض هذه الصفحة على {agent}؟',
  'screen-share.mobile.body':
    'سيظهر {site} لـ {who} أثناء استخدامك له هنا، مع إمكانية الإشارة والرسم دون اللمس أو الكتابة.',
  'screen-share.mobile.limit': 'إذا انتقلت إلى تطبيق آخر أو علامة تبويب أخرى فلن يظهر ذلك لـ {agent}.',

  'remote-control.title': 'هل تسمح لـ {agent} بالنقر والكتابة نيابةً عنك؟',
  'remote-control.body':
    'سيكون بإمكان {agent} استخدام علامة التبويب هذه من {site} بالفأرة ولوحة المفاتيح وإرسال النماذج.',
  'remote-control.yours': 'ترى كل شيء لحظة حدوثه، والأولوية لفأرتك ولوحة مفاتيحك.',
  'remote-control.limit': 'لا يمكن لـ {agent} استخدام الحقول المحمية أو اختيار ملفاتك.',
  'remote-control.check': 'راجع ما يُدخل قبل إرساله.',
  'remote-control.mobile.title': 'هل تسمح لـ {agent} باللمس والكتابة نيابةً عنك؟',
  'remote-control.mobile.body': 'سيكون بإمكان {agent} اللمس والتمرير والكتابة على {site} هنا وإرسال النماذج.',
  'remote-control.mobile.yours': 'ترى كل شيء لحظة حدوثه، والأولوية للمستك.',
  'remote-control.mobile.limit': 'لا يمكن لـ {agent} استخدام الحقول المحمية أو اختيار ملفاتك أو صورك.',

  'full-device.title': 'هل تريد عرض أكثر من علامة التبويب هذه على {agent}؟',
  'full-device.body':
    'ستظهر لـ {agent} علامة التبويب أو النافذة أو الشاشة التي تختارها في الخطوة التالية، بما فيها المواقع والبرامج والإشعارات الأخرى إن ظهرت عليها.',
  'full-device.protect': 'الحقول محمية على {site} فقط وليس خارجه: أغلق كل ما هو خاص أولاً.',
  'full-device.limit': 'لا يمكن لـ {agent} النقر أو الكتابة في هذا الوضع، ويُوقف التحكم عن بُعد.',
  'full-device.mobile.title': 'هل تريد عرض شاشتك كاملةً على {agent}؟',
  'full-device.mobile.body':
    'ستظهر شاشتك لـ {agent}، بما فيها التطبيقات والإشعارات الأخرى، حتى بعد مغادرتك هذا التطبيق.',
  'full-device.mobile.protect': 'الحقول محمية في هذا التطبيق فقط: أغلق كل ما هو خاص أولاً.',
  'full-device.mobile.limit': 'لا يمكن لـ {agent} اللمس أو الكتابة في هذا الوضع، ويُوقف التحكم عن بُعد.',

  'full-device-tabs.title': 'هل تسمح لـ {agent} بمتابعتك بين علامات التبويب؟',
  'full-device-tabs.body': 'ستظهر لـ {agent} علامة تبويب {site} الموجودة في المقدمة.',
  'full-device-tabs.others': 'تبقى المواقع والبرامج الأخرى غير مرئية.',
  'full-device-tabs.limit': 'لا يمكن لـ {agent} النقر أو الكتابة، ويُوقف التحكم عن بُعد.',
  'full-device-tabs.mobile.others': 'تبقى المواقع والتطبيقات الأخرى غير مرئية.',
  'full-device-tabs.mobile.limit': 'لا يمكن لـ {agent} اللمس أو الكتابة، ويُوقف التحكم عن بُعد.',

  allowed: 'تم السماح. في انتظار أن يبدأ {agent}.',
  denied: 'لم تسمح بذلك. لا يُعرض شيء.',
  deniedMore: 'يستمر العرض كما كان.',
  deniedControl: 'يستمر العرض دون تحكم.',
  expired: 'انتهى هذا الطلب.',
  withdrawn: 'سُحب الطلب من {agent}.',
  ended: 'انتهى العرض. لم تعد صفحتك ظاهرة لـ {agent}.',
  started: 'بدأ العرض. علامة التبويب هذه ظاهرة لـ {agent}.',

  sees: 'علامة التبويب هذه ظاهرة لـ {agent}',
  seesMobile: 'هذه الصفحة ظاهرة لـ {agent}',
  waiting: 'في انتظار أن يبدأ {agent}',
  paused: 'العرض متوقف مؤقتًا. لا يظهر لـ {agent} أي جديد',
  away: '{agent} غير متصل الآن',
  reconnecting: 'انقطع الاتصال. تجري إعادة الاتصال...',
  observers: 'يشاهد أيضًا: {names}',
  stop: 'إيقاف العرض',
  cancel: 'إلغاء',
  pause: 'إيقاف مؤقت',
  resume: 'استئناف',
  collapse: 'تصغير',
  expand: 'عرض التفاصيل',
  stopWith: 'إيقاف العرض ({shortcut})',
  draw: 'الرسم على الصفحة',
  indicator: 'التصفح المشترك',

  asksToSee: 'طلب من {agent} لرؤية علامة التبويب هذه.',
  asksToControl: 'طلب من {agent} للنقر والكتابة هنا.',
  asksForScreen: 'طلب من {agent} لرؤية شاشتك.',
};
