import { createHash } from 'node:crypto';
import type * as Y from 'yjs';
import type { AnswerEntry, GrantFields, Mode, RequestEntry, SessionFields, Status } from '../protocol/index.js';
import type { AuditRecord } from './options.js';
import type { Peer } from './peer.js';
import type { Change } from './update-analyser.js';

export type TrailEvent = (peer: Peer, event: AuditRecord['event'], details: Record<string, unknown>) => void;

interface Asked {
  entry: RequestEntry;
  /** The server's clock, milliseconds since 1970; undefined where another server was asked. */
  at: number | undefined;
}

interface Standing {
  status: Status;
  mode: Mode | null;
  controller: string | null;
}

/** Of settled or withdrawn requests none is needed; this many wait at most, whatever an agent does. */
const mostAsked = 500;

/** What happens in a session, in the words of the audit log: read from the doc, told when it has happened. */
export class SessionTrail {
  readonly #doc: Y.Doc;
  readonly #tell: TrailEvent;
  readonly #asked = new Map<string, Asked>();
  readonly #answered = new Map<string, string>();
  #last: Standing = { status: 'idle', mode: null, controller: null };
  #startedAt: number | undefined;

  constructor(doc: Y.Doc, tell: TrailEvent) {
    this.#doc = doc;
    this.#tell = tell;
  }

  /** @param changes empty: the consumer's copy has filled the doc, and what is in it happened before, elsewhere. */
  follow(peer: Peer, changes: readonly Change[]): void {
    if (changes.length === 0) return this.#takeOver(peer);
    for (const change of changes) {
      if (change.root === 'requests') this.#request(peer, change);
      else if (change.root === 'answers' && change.kind === 'set') this.#answer(peer, change.key);
    }
    if (changes.some(({ root }) => root === 'session')) this.#compare(peer);
  }

  #takeOver(peer: Peer): void {
    for (const [id, entry] of this.#doc.getMap<RequestEntry>('requests')) this.#note(id, { entry, at: undefined });
    this.#last = this.#standing();
    // some may have been given while no server was there: rather twice than never
    for (const id of this.#doc.getMap('answers').keys()) this.#answer(peer, id, { repeated: true });
  }

  #request(peer: Peer, { key, kind, value }: Change): void {
    if (kind === 'delete') {
      const isOpen = this.#asked.has(key) && !this.#answered.has(key);
      if (isOpen) this.#tell(peer, 'request', { request: key, withdrawn: true });
      return;
    }
    const entry = value as RequestEntry;
    this.#note(key, { entry, at: Date.now() });
    this.#tell(peer, 'request', { request: key, ...asksFor(entry) });
  }

  #note(id: string, asked: Asked): void {
    this.#asked.set(id, asked);
    if (this.#asked.size > mostAsked) this.#asked.delete(this.#asked.keys().next().value!);
  }

  #answer(peer: Peer, id: string, more: Record<string, unknown> = {}): void {
    const answer = this.#doc.getMap<AnswerEntry>('answers').get(id);
    if (!answer || this.#answered.get(id) === answer.decision) return;
    this.#answered.set(id, answer.decision);
    if (this.#answered.size > mostAsked) this.#answered.delete(this.#answered.keys().next().value!);
    const { entry, at } = this.#asked.get(id) ?? {};
    this.#tell(peer, 'answer', {
      request: id,
      ...(entry ? asksFor(entry) : {}),
      decision: answer.decision,
      ...(answer.shown ? { shown: wordsOf(answer.shown) } : {}),
      ...(at === undefined ? {} : { askedAt: new Date(at).toISOString() }),
      recording: this.#session('recording') ?? 'off',
      ...more,
    });
  }

  #compare(peer: Peer): void {
    const [before, now] = [this.#last, this.#standing()];
    this.#last = now;
    if (now.status !== before.status) this.#status(peer, before.status, now.status);
    if (now.mode !== before.mode && now.mode !== null) this.#mode(peer, before.mode, now.mode);
    if (now.controller !== before.controller) this.#control(peer, before.controller, now.controller);
  }

  #status(peer: Peer, before: Status, status: Status): void {
    if (status === 'active') this.#startedAt ??= Date.now();
    if (status !== 'ended') return this.#tell(peer, 'status', { status, before });
    const seconds = this.#startedAt === undefined ? undefined : Math.round((Date.now() - this.#startedAt) / 1000);
    this.#startedAt = undefined;
    this.#tell(peer, 'end', {
      reason: this.#session('endedBy') ?? null,
      ...(seconds === undefined ? {} : { seconds }),
    });
  }

  #mode(peer: Peer, before: Mode | null, mode: Mode): void {
    const isDown = mode === 'screen-share' && before !== null;
    if (isDown) this.#tell(peer, 'step-down', { mode, before, why: this.#session('stepDown') ?? null });
    else this.#tell(peer, 'mode', { mode, before });
  }

  #control(peer: Peer, before: string | null, controller: string | null): void {
    const grant = this.#session('grant') as GrantFields | null | undefined;
    const granted = controller && grant ? { request: grant.id, seconds: grant.left } : {};
    const why = controller ? {} : { why: this.#session('stepDown') ?? this.#session('endedBy') ?? null };
    this.#tell(peer, 'control', { controller, before, ...granted, ...why });
  }

  #standing(): Standing {
    return {
      status: (this.#session('status') as Status | undefined) ?? 'idle',
      mode: (this.#session('mode') as Mode | null | undefined) ?? null,
      controller: (this.#session('controller') as string | null | undefined) ?? null,
    };
  }

  #session(field: keyof SessionFields): unknown {
    return this.#doc.getMap('session').get(field);
  }
}

function asksFor({ kind = 'mode', mode, agent, limits, to }: RequestEntry): Record<string, unknown> {
  return {
    kind,
    ...(mode ? { mode } : {}),
    agent: typeof agent === 'string' ? { sub: agent, name: agent } : { sub: agent.id, name: agent.name },
    ...(limits?.minutes ? { minutes: limits.minutes } : {}),
    ...(to ? { to } : {}),
  };
}

/** What the page says that its person was shown. */
function wordsOf({ id, version, locale, text }: NonNullable<AnswerEntry['shown']>) {
  return { id, version, locale, text, sha256: createHash('sha256').update(text).digest('hex') };
}
