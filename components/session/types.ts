import type {
  AnswerEntry,
  CobrowseError,
  Decision,
  EndReason,
  ErrorCode,
  Mode,
  PageInfo,
  Role,
  ScreenInfo,
  Status,
  StepDownReason,
  Stroke,
} from '../../protocol/index.js';

/** Tools of the agent's toolbar. `none`: the pointer does nothing but point. */
export type Tool = 'none' | 'laser' | 'pencil';

/** Connection of this side to the server. */
export type Connection = 'offline' | 'connecting' | 'online' | 'reconnecting';

/** What the agent's view shows. `elsewhere`: another tab; `away`: left the site; `frozen`: no news. */
export type ViewPhase =
  | 'waiting'
  | 'loading'
  | 'live'
  | 'paused'
  | 'hidden'
  | 'elsewhere'
  | 'away'
  | 'reconnecting'
  | 'frozen'
  | 'ended'
  | 'failed';

export type Quality = 'good' | 'fair' | 'poor';

/** A person in the session, as the server stamped it. */
export interface Participant {
  /** `sub` of the token. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly color: string;
}

/** The question that waits for the consumer's answer. */
export interface PendingRequest {
  readonly id: string;
  readonly mode: Mode;
  readonly agent: { readonly id: string; readonly name: string };
  /** The agent's clock. */
  readonly at: number;
  /** This browser's clock, milliseconds since 1970. */
  readonly expiresAt: number;
  /** The consumer has taken more time: once for each question, and as long as it had. */
  readonly hasMoreTime: boolean;
  readonly limits?: { readonly minutes?: number };
  /** The agent that hands its control over to `agent`. Absent: `agent` asks for itself. */
  readonly from?: { readonly id: string; readonly name: string };
}

/** How the last question ended; what a chat needs to close its bubble. */
export interface RequestOutcome {
  readonly request: PendingRequest;
  readonly outcome: 'allowed' | 'denied' | 'expired' | 'withdrawn' | 'replaced' | 'refused';
}

/** What the consumer has allowed beyond screen share. */
export interface Grant {
  readonly mode: Mode;
  /** This browser's clock, milliseconds since 1970; null: until it is taken back. */
  readonly until: number | null;
  /** Id of the request that was allowed. */
  readonly id: string;
}

/** A participant's stroke with its author. */
export interface Annotation {
  readonly author: string;
  readonly stroke: Stroke;
}

/** The consumer's page, as far as the agent may know it. */
export type ShownPage = PageInfo & {
  /** Whether it can be seen on the consumer's screen. */
  readonly visible: boolean;
  /** It can't, because the person is on another tab of the site. */
  readonly elsewhere?: boolean;
};

/** An immutable snapshot: the same object until something changes. */
export interface SessionState {
  readonly connection: Connection;
  /** Id of the session, or null while dormant. */
  readonly session: string | null;
  readonly role: Role | null;
  readonly me: Participant | null;
  readonly status: Status;
  readonly mode: Mode | null;
  readonly request: PendingRequest | null;
  /** The last question that was settled in this session, by this browser's knowledge. */
  readonly lastOutcome: RequestOutcome | null;
  /** Everyone else and oneself, as the server stamped them. */
  readonly participants: readonly Participant[];
  readonly page: ShownPage | null;
  /** What is possible now. */
  readonly offers: { readonly modes: readonly Mode[]; readonly tools: readonly Tool[] };
  /** Why a mode is not offered. */
  readonly reasons: Readonly<Partial<Record<Mode, ErrorCode>>>;
  /** Id of the agent that has control. */
  readonly controller: string | null;
  /** What was allowed beyond screen share. */
  readonly grant: Grant | null;
  /** Full device: where the picture comes from, and what is captured. Null in every other mode. */
  readonly screen: Readonly<ScreenInfo> | null;
  /** Why the last mode beyond screen share was left; null in such a mode, and before the first one. */
  readonly stepDown: StepDownReason | null;
  readonly view: { readonly phase: ViewPhase; readonly since: number };
  readonly recording: 'off' | 'on';
  readonly quality: Quality;
  /** Round trip to the server, milliseconds, or null while unknown. */
  readonly latency: number | null;
  readonly tool: Tool;
  /** Ink colour of this person, `#rrggbb`. */
  readonly color: string;
  readonly annotations: readonly Annotation[];
  readonly startedAt: number | null;
  readonly endReason: EndReason | null;
  readonly error: { readonly code: ErrorCode; readonly recoverable: boolean; readonly docs: string } | null;
}

export type Action =
  /** Joins a session; a dormant store loads its transport now. */
  | { type: 'connect'; session?: string }
  /** Leaves without ending: nobody else is affected, and the tab forgets it. */
  | { type: 'disconnect' }
  | { type: 'request'; mode: Mode; limits?: { minutes?: number } }
  | { type: 'withdraw'; requestId: string }
  | { type: 'answer'; requestId: string; decision: 'allow' | 'deny'; shown?: AnswerEntry['shown'] }
  /** Consumer: doubles the time for an answer, once for each question. */
  | { type: 'more-time'; requestId: string }
  | { type: 'view' }
  /** Back to screen share. An agent that doesn't have control can't take it from the one that has. */
  | { type: 'step-down' }
  /** The agent in control: asks the consumer to let another agent of the session, by its id, have it instead. */
  | { type: 'hand-over'; to: string }
  /** Consumer: control ends; `step-down` that is for remote control only. */
  | { type: 'take-back' }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'end' }
  | { type: 'set-tool'; tool: Tool; color?: string }
  | { type: 'annotate'; stroke: Omit<Stroke, 'id'> & { id?: string } }
  | { type: 'undo' }
  | { type: 'clear-annotations'; scope: 'own' | 'all' }
  | { type: 'resync' };

export type DispatchResult = { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode };

/** Headless: what the tags use, and what vendors with their own UI use. */
export interface SessionStore {
  getState(): SessionState;
  /** Not called at once. A listener that throws does not harm the others. @returns the way to unsubscribe. */
  subscribe(listener: (state: SessionState) => void): () => void;
  /** Never throws. `ok` means that it was legal here and went out; its effect arrives as state. */
  dispatch(action: Action): DispatchResult;
  /** Closes everything. The store is of no use afterwards. */
  destroy(): void;
}

export interface TokenContext {
  session: string;
  role: Role | null;
  reason: 'connect' | 'refresh' | 'resume';
}
export type GetToken = (context: TokenContext) => Promise<string> | string;

/** Where a tab remembers its session over a reload: `sessionStorage` has this shape. */
export interface TabMemory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface SessionOptions {
  /** `wss://host[/base]` of the sync server. */
  server: string;
  /** Absent: dormant until `{type: 'connect', session}`. */
  session?: string;
  /** Used as long as it is accepted; `getToken` is asked first where both are given. */
  token?: string;
  getToken?: GetToken;
  /** The page's ceiling. Default: everything this version can do. */
  modes?: readonly Mode[];
  /** Default: none, a reload forgets. */
  memory?: TabMemory;
  /** Consumer: whether this side may draw too. Default false. */
  consumerInk?: boolean;
  /** Awaited before a session is joined: whether this tab may go on with what it remembers is settled then. */
  beforeJoin?: (session: string) => Promise<void>;
  /** Replaces the network, for tests and stories. */
  transport?: import('../transport/types.js').TransportFactory;
  onError?: (error: CobrowseError) => void;
}

export type { Decision };
