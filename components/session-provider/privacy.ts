import type { ComplexAttributeConverter } from 'lit';
import type { PrivacyPolicy } from '../mirror/privacy.js';

/** What never leaves the page, beside what never does anyway (passwords, card numbers, one-time codes). */
export type Privacy = PrivacyPolicy;

export const privacyConverter: ComplexAttributeConverter<Privacy | undefined> = {
  fromAttribute: (value) => (value === null ? undefined : { mode: value === 'strict' ? 'strict' : 'standard' }),
};

/** The stricter of what the property and `<meta name="cobrowse-privacy">` say. */
export function effectivePrivacy(privacy: Privacy | undefined): Privacy {
  const meta = document.querySelector('meta[name="cobrowse-privacy"]')?.getAttribute('content');
  if (meta?.trim() !== 'strict') return { ...privacy };
  const rules = privacy?.rules?.map((rule) => ({ ...rule, mode: 'strict' as const }));
  return { ...privacy, mode: 'strict', ...(rules && { rules }) };
}
