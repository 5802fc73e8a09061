const integration = 'See docs/troubleshooting.md.';

/** Mistakes of integration, each with its cure. */
export const WARNINGS = {
  'no-server': `has a session but no \`server\`. Add server="wss://your-sync-server". ${integration}`,
  'no-token': `has no way to a token. Add \`token-url\`, or set \`getToken\`, or give \`token\`. ${integration}`,
  'no-session': `belongs to no <cobrowse-session>. Put it inside of one, or name one by \`for="its-id"\` or the \`session\` property. ${integration}`,
  'no-indicator': `shows no sharing indicator. Show your own, with a way to stop, and mark it with \`data-cobrowse-indicator\`. ${integration}`,
  'no-words': `a question was answered without our words: the receipt will say \`text: null\`. Pass \`shown\` with the answer. ${integration}`,
} as const;

export type WarningName = keyof typeof WARNINGS;
