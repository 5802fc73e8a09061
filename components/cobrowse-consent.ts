import { CobrowseConsent } from './consent/consent.js';
import { define } from './internal/define.js';

define('cobrowse-consent', CobrowseConsent);

export { CobrowseConsent };
