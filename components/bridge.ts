export { exposeSession, type ExposeOptions } from './bridge/expose-session.js';
export { attachSession } from './bridge/attach-session.js';
