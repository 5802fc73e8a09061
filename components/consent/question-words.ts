import { cleanName } from '../../protocol/token-claims.js';
import type { Mode } from '../../protocol/vocabulary.js';
import { consumerCatalogue } from '../i18n/consumer/catalogue.js';
import type { ConsumerKey } from '../i18n/consumer/en.js';
import { fill, type Values } from '../i18n/localize.js';
import type { PendingRequest } from '../session/types.js';

/** Counts up with each change of a sentence that a person consents to. */
export const CONSENT_VERSION = 1;

/** Wording ids: what is asked for. `full-device-tabs` is full device without capture of the screen. */
export type ConsentId = Mode | 'full-device-tabs';

export interface DescribeOptions {
  /** A language tag; what isn't shipped gives English. Default: the document's language. */
  locale?: string;
  company?: string;
  /** Default: the page's host name. */
  site?: string;
  /** Default: by the pointer of this device. */
  device?: 'desktop' | 'mobile';
  /** Full device follows the site's tabs where the screen can't be captured. Default: as this browser can. */
  withoutCapture?: boolean;
  /** Remote control: submit buttons are kept for the consumer (`keep-submit`). */
  keepSubmit?: boolean;
  /** Remote control: name of the agent that has it now, and gives it up. */
  controller?: string;
}

/** Which sentences make up a question; the first is its body. `.mobile` variants are taken where they exist. */
const sentences: Record<ConsentId, readonly string[]> = {
  'screen-share': ['body', 'limit', '*hidden'],
  'remote-control': ['body', 'yours', 'limit', 'check'],
  'full-device': ['body', 'protect', 'limit'],
  'full-device-tabs': ['body', 'others', 'limit', '*hidden'],
};

export interface QuestionKeys {
  readonly id: ConsentId;
  readonly title: ConsumerKey;
  readonly body: ConsumerKey;
  readonly points: readonly ConsumerKey[];
}

/** The keys of a question's words, in the order in which they're shown. */
export function questionKeys(
  { mode, limits }: Pick<PendingRequest, 'mode' | 'limits'>,
  options: Pick<DescribeOptions, 'device' | 'withoutCapture' | 'keepSubmit' | 'controller'>,
): QuestionKeys {
  const { device, withoutCapture } = options;
  const id = mode === 'full-device' && withoutCapture ? 'full-device-tabs' : mode;
  const keyOf = (part: string): ConsumerKey => {
    if (part.startsWith('*')) return part.slice(1) as ConsumerKey;
    const mobile = `${id}.mobile.${part}`;
    return (device === 'mobile' && mobile in consumerCatalogue.english ? mobile : `${id}.${part}`) as ConsumerKey;
  };
  const [body, ...rest] = sentencesOf(id, options).map(keyOf);
  const minutes: ConsumerKey[] = limits?.minutes === undefined ? [] : ['onlyMinutes'];
  return { id, title: keyOf('title'), body: body!, points: [...rest, ...minutes, 'stopAnyTime'] };
}

/** Where submit is kept for the consumer, nothing is said of sending forms. */
function sentencesOf(id: ConsentId, { keepSubmit, controller }: DescribeOptions): readonly string[] {
  if (id !== 'remote-control') return sentences[id];
  const own = sentences[id].map((part) =>
    keepSubmit && (part === 'body' || part === 'check') ? `kept.${part}` : part,
  );
  return controller ? [own[0]!, 'handOver', ...own.slice(1)] : own;
}

/** What stands for the placeholders of a question. */
export function questionValues(
  { agent, limits }: Pick<PendingRequest, 'agent' | 'limits'>,
  { company, site, controller }: Pick<DescribeOptions, 'company' | 'site' | 'controller'>,
  term: (key: ConsumerKey) => string,
): Values {
  const name = cleanName(agent.name) || term('theAgent');
  const from = company ? fill(term('who'), { agent: name, company }) : name;
  return {
    agent: name,
    who: from,
    company: company ?? '',
    site: site || location.hostname,
    other: controller ?? '',
    minutes: limits?.minutes ?? '',
  };
}

/** Where there's no name the sentence may start with "the agent". */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether a person taps here or clicks. */
export function deviceOf(): 'desktop' | 'mobile' {
  return matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches ? 'mobile' : 'desktop';
}
