/** Everything without side effects: to register a tag, import `cobrowse-kit/cobrowse-<tag>.js`. */
export { CobrowseSession, type Diagnostics } from './session-provider/session.js';
export type { Privacy } from './session-provider/privacy.js';
export { CobrowseConsent, type Placement } from './consent/consent.js';
export { CobrowseJoin } from './join/join.js';
export { CobrowseToolbar } from './toolbar/toolbar.js';
export { CobrowseAgentView } from './agent-view/agent-view.js';
export { createSession } from './session/create-session.js';
export type * from './session/types.js';
export * from './events/index.js';
export { describeRequest, type RequestDescription } from './consent/describe-request.js';
export { CONSENT_VERSION, type ConsentId, type DescribeOptions } from './consent/question-words.js';
export { registerTranslation, setText, type Texts } from './i18n/localize.js';
export { CobrowseError, ERRORS, type ErrorCode } from '../protocol/errors.js';
export type { EndReason, Mode, Role, Status, StepDownReason } from '../protocol/vocabulary.js';
export type { AnswerEntry, PageInfo, Stroke } from '../protocol/doc-schema.js';
export { VERSION } from './internal/version.js';
