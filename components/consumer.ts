export * from './cobrowse-session.js';
export * from './cobrowse-consent.js';
