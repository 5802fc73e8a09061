import { ar } from '../i18n/consumer/ar.js';
import { en, type ConsumerKey } from '../i18n/consumer/en.js';
import { pieces, textsOf, type Texts, type Values } from '../i18n/localize.js';
import { canCapture } from '../screen/ask-capture.js';
import type { PendingRequest } from '../session/types.js';
import {
  CONSENT_VERSION,
  deviceOf,
  questionKeys,
  questionValues,
  sentence,
  type ConsentId,
  type DescribeOptions,
} from './question-words.js';

/** A question in words, for a bubble of your own. The same words that our tag shows. */
export interface RequestDescription {
  id: ConsentId;
  version: number;
  title: string;
  body: string;
  points: string[];
  allow: string;
  deny: string;
  /** This browser's clock, milliseconds since 1970. */
  expiresAt: number;
  dir: 'ltr' | 'rtl';
  lang: string;
}

/**
 * A question in words, as data: for a vendor's own bubble, with the legal wording of the kit or of `setText`. Give what
 * you have shown to the answer: `shown: {id, version, locale: lang, text}`.
 */
export function describeRequest(request: PendingRequest, options: DescribeOptions = {}): RequestDescription {
  const locale = options.locale ?? (document.documentElement.lang || navigator.language);
  const texts = textsOf<ConsumerKey>([en, ar], locale);
  const { device = deviceOf(), withoutCapture = !canCapture() } = options;
  const keys = questionKeys(request, { ...options, device, withoutCapture });
  const values = questionValues(request, options, (key) => texts[key]);
  const say = (key: ConsumerKey) => sentence(isolated(texts, key, values));
  return {
    id: keys.id,
    version: CONSENT_VERSION,
    title: say(keys.title),
    body: say(keys.body),
    points: keys.points.map(say),
    allow: texts.allow,
    deny: texts.deny,
    expiresAt: request.expiresAt,
    dir: texts.$dir,
    lang: texts.$code,
  };
}

/** Names of the other writing direction are isolated, so that they don't turn the sentence around. */
function isolated(texts: Texts<ConsumerKey>, key: ConsumerKey, values: Values): string {
  const isRightToLeft = texts.$dir === 'rtl';
  return pieces(texts[key], values)
    .map(({ text, name }) => (name && turnsText(text, isRightToLeft) ? `\u2068${text}\u2069` : text))
    .join('');
}

function turnsText(text: string, isRightToLeft: boolean): boolean {
  return isRightToLeft ? /\p{Script=Latin}/u.test(text) : /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text);
}
