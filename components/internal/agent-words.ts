import type { ErrorCode, Mode } from '../../protocol/index.js';
import { agentTexts } from '../i18n/agent/catalogue.js';
import type { AgentKey } from '../i18n/agent/en.js';
import type { Localize } from '../i18n/localize.js';
import type { Participant, SessionState } from '../session/types.js';

export type AgentLocalize = Localize<AgentKey>;

/** A name as text, kept apart from the direction of the words around it. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

export function modeName(words: AgentLocalize, mode: Mode): string {
  return words.term(`agentMode.${mode}`);
}

export function errorText(words: AgentLocalize, code: ErrorCode): string {
  const key = `agentError.${code}`;
  return words.term(key in agentTexts.english ? (key as AgentKey) : 'agentErrorOther');
}

export function consumerName(words: AgentLocalize, state: SessionState): string {
  const consumer = state.participants.find(({ role }) => role === 'consumer');
  return consumer ? isolated(consumer.name) : words.term('agentTheConsumer');
}

/** Who or what ended the session, as a sentence. */
export function endText(words: AgentLocalize, state: SessionState): string {
  switch (state.endReason) {
    case 'consumer':
      return words.term('agentEndedConsumer');
    case 'agent':
      return endedByAgent(words, state);
    case 'expired':
      return words.term('agentEndedExpired');
    case 'left':
      return words.term('agentEndedLeft');
    case 'replaced':
      return words.term('agentEndedReplaced');
    default:
      return words.term('agentEndedError');
  }
}

// the doc says that an agent did it, not which: sure only while there is one
function endedByAgent(words: AgentLocalize, { me, participants }: SessionState): string {
  const others = participants.filter(({ role, id }) => role === 'agent' && id !== me?.id);
  if (me?.role === 'agent' && others.length === 0) return words.term('agentEndedYou');
  const name = me?.role === 'observer' && others.length === 1 ? isolated(others[0]!.name) : undefined;
  return words.term('agentEndedAgent', { agent: name ?? words.term('agentTheAgent') });
}

/** What went wrong when a question was settled without an answer of the consumer. */
export function outcomeText(words: AgentLocalize, { lastOutcome }: SessionState): string {
  switch (lastOutcome?.outcome) {
    case 'denied':
      return words.term('agentDenied', { mode: modeName(words, lastOutcome.request.mode) });
    case 'expired':
      return words.term('agentExpired');
    case 'withdrawn':
      return words.term('agentWithdrawn');
    default:
      return words.term('agentRefused');
  }
}

/** "A", "AB": what stands in a participant's circle. */
export function initials(name: string): string {
  const letters = name
    .trim()
    .split(/\s+/u)
    .map((word) => /^./u.exec(word)?.[0] ?? '');
  return (letters.length > 1 ? `${letters[0]}${letters.at(-1)}` : (letters[0] ?? '?')).toUpperCase();
}

export function roleName(words: AgentLocalize, role: Participant['role']): string {
  return words.term(
    role === 'consumer' ? 'agentRoleConsumer' : role === 'agent' ? 'agentRoleAgent' : 'agentRoleObserver',
  );
}
