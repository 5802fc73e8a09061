import type { ConsumerTask, RefusalCode } from '../../../protocol/index.js';
import { errorText, type AgentLocalize } from '../../internal/agent-words.js';

/** Why something was not performed, as sentences for the agent. */
export function refusalText(words: AgentLocalize, code: RefusalCode, what: ConsumerTask = 'other'): string {
  switch (code) {
    case 'stale':
    case 'masked':
    case 'blocked':
    case 'no-control':
      return words.term(`agentRefused.${code}`);
    case 'consumer-active':
      return words.term('agentConsumerActive');
    case 'needs-consumer':
      return `${words.term(`agentNeed.${what}`)} ${words.term('agentNeedShown')}`;
    default:
      return errorText(words, code);
  }
}
