/**
 * The bounds of everything a peer can send or make us hold, and the time-outs. Bytes, counts, and where the name
 * says so seconds or milliseconds. The server's `COBROWSE_MAX_*` settings override the ones it enforces.
 */
export const LIMITS = {
  sessionIdLength: 128,
  nameLength: 64,
  subLength: 128,
  tokenBytes: 4096,

  /** One message on `/sync`. */
  syncMessageBytes: 256 * 1024,
  /** The encoded state of one session's doc. */
  docBytes: 4 * 1024 * 1024,
  structsPerUpdate: 20_000,
  nestingDepth: 8,
  awarenessBytes: 4 * 1024,
  awarenessPerSecond: 120,
  syncMessagesPerSecond: 400,

  /** One frame on `/mirror`, header and payload. Larger batches are cut by the sender. */
  mirrorFrameBytes: 1024 * 1024,
  mirrorFramesPerSecond: 1000,
  inkFrameBytes: 16 * 1024,
  inputFrameBytes: 64 * 1024,
  inputFramesPerSecond: 240,
  /** Characters of one text, paste or copy of the agent. */
  inputTextLength: 10_000,
  primitivesPerBatch: 256,
  /** Frames of the running epoch that the server keeps for a late agent. */
  epochBytes: 16 * 1024 * 1024,
  epochFrames: 20_000,
  /** Bytes queued towards one peer, over which an agent is skipped forward to a snapshot. */
  peerBufferBytes: 4 * 1024 * 1024,
  /** One encoded picture of the captured screen with its header: less than a frame. */
  screenPictureBytes: 1024 * 1024 - 1024,
  screenDescriptionBytes: 4096,
  /** Width or height of the captured screen, pixels. */
  screenSide: 8192,
  screenFramesPerSecond: 60,
  /** The last key picture and those after it, which the server keeps for a late agent. */
  screenKeptBytes: 2 * 1024 * 1024,
  screenKeptFrames: 600,
  /** Bytes of pictures queued towards one agent, over which it is skipped forward to a key picture. */
  screenBufferBytes: 512 * 1024,
  /** The inflated events of one epoch frame batch at the player: a deflate bomb stops here. */
  inflatedFrameBytes: 64 * 1024 * 1024,

  strokePoints: 4000,
  strokesPerSession: 500,
  strokeBytes: 64 * 1024,
  requestsPerSession: 200,
  titleLength: 256,
  urlLength: 1024,

  participantsPerSession: 32,
  sessions: 10_000,
  connections: 40_000,
  connectionsPerAddress: 1_000,
  /** Upgrades from one address, before anything is known of them. */
  attemptsPerSecond: 200,
  unauthenticatedMilliseconds: 5_000,

  requestSeconds: 120,
  viewSeconds: 300,
  agentGraceSeconds: 180,
  consumerGraceSeconds: 300,
  pauseSeconds: 300,
  sessionSeconds: 7200,
  keepAliveMilliseconds: 15_000,
} as const;
export type LimitName = keyof typeof LIMITS;
