export * from './cobrowse-session.js';
export * from './cobrowse-consent.js';

// the entry of a code is loaded by the page that has one
if (globalThis.document?.querySelector('cobrowse-join')) void import('./cobrowse-join.js');
