import { define } from './internal/define.js';
import { CobrowseSession } from './session-provider/session.js';

define('cobrowse-session', CobrowseSession);

export { CobrowseSession };
