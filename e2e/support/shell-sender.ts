import { spawn } from 'node:child_process';
import { WebSocket } from 'ws';
import {
  decodeControl,
  decodeFrame,
  encodeFrame,
  encodeJson,
  FRAME_FLAGS,
  readScreenCodecs,
  SUBPROTOCOL,
  writeScreenPicture,
  type ControlMessage,
  type ScreenConfig,
} from '../../protocol/index.js';
import { end, type Display } from './display.js';

const RATE = 12;
/** A key picture so often: one that is asked for comes within this time. Seconds. */
const KEY_SECONDS = 1;

export interface ShellSenderOptions {
  display: Display;
  /** Address of the sync server. */
  server: string;
  session: string;
  /** With the claim `device`. */
  token: string;
}

/** The native half of an app, in Node: grabs a real screen and sends it, as docs/mobile.md says. */
export interface ShellSender {
  /** What the server has said. */
  readonly controls: readonly ControlMessage[];
  /** Pictures that have left. */
  readonly sent: number;
  minimised(minimised: boolean): void;
  close(): Promise<void>;
}

export async function startShellSender({ display, server, session, token }: ShellSenderOptions): Promise<ShellSender> {
  const address = `${server.replace(/^http/, 'ws')}/mirror/${encodeURIComponent(session)}`;
  const socket = new WebSocket(address, [SUBPROTOCOL, token]);
  const controls: ControlMessage[] = [];
  const stream = {
    epoch: Math.floor(Date.now() / 10) >>> 0,
    seq: 0,
    isWanted: false,
    isShown: false,
    hasBegun: false,
    sent: 0,
  };
  socket.on('message', (data: Buffer) => {
    const frame = decodeFrame(new Uint8Array(data));
    const message = frame.kind === 'control' ? decodeControl(frame.payload) : undefined;
    if (message) controls.push(message);
    if (message?.type === 'screen-codecs') stream.isShown = readScreenCodecs(message.codecs).includes('vp8');
    if (message?.type !== 'screen-wanted') return;
    stream.isWanted = message.wanted;
    // what comes next builds on nothing that was sent
    stream.hasBegun = false;
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const config: ScreenConfig = {
    codec: 'vp8',
    width: display.width,
    height: display.height,
    description: new Uint8Array(),
  };
  const encoder = grab(display, (data) => {
    const isKey = (data[0]! & 1) === 0;
    if (!stream.isWanted || !stream.isShown || !(stream.hasBegun || isKey)) return;
    if (!stream.hasBegun) Object.assign(stream, { epoch: stream.epoch + 1, seq: 0, hasBegun: true });
    const timestamp = Math.round(performance.now() * 1000);
    const payload = writeScreenPicture({ timestamp, key: isKey ? config : null, data });
    const flags = isKey ? FRAME_FLAGS.snapshot : 0;
    socket.send(encodeFrame({ kind: 'screen', flags, epoch: stream.epoch, seq: stream.seq++, payload }));
    stream.sent++;
  });
  return {
    controls,
    get sent() {
      return stream.sent;
    },
    minimised: (minimised) =>
      socket.send(encodeFrame({ kind: 'control', payload: encodeJson({ type: 'minimised', minimised }) })),
    close: async () => {
      socket.terminate();
      await end(encoder);
    },
  };
}

/** The screen as pictures of VP8. A phone's system has an encoder of its own for that. */
function grab(display: Display, onPicture: (data: Uint8Array<ArrayBuffer>) => void) {
  const from = `-f x11grab -draw_mouse 0 -framerate ${RATE} -video_size ${display.width}x${display.height} -i ${display.name}`;
  const live = '-c:v libvpx -deadline realtime -cpu-used 8 -lag-in-frames 0 -b:v 1500k -auto-alt-ref 0';
  const to = `-g ${RATE * KEY_SECONDS} -f ivf -flush_packets 1 pipe:1`;
  const child = spawn('ffmpeg', ['-loglevel', 'error', ...`${from} ${live} ${to}`.split(' ')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let left = Buffer.alloc(0);
  let header = 32;
  child.stdout.on('data', (chunk: Buffer) => {
    left = Buffer.concat([left, chunk]);
    if (header > 0 && left.length >= header) {
      left = left.subarray(header);
      header = 0;
    }
    // IVF: length, time, picture
    while (header === 0 && left.length >= 12 && left.length >= 12 + left.readUInt32LE(0)) {
      const length = left.readUInt32LE(0);
      onPicture(new Uint8Array(left.subarray(12, 12 + length)));
      left = left.subarray(12 + length);
    }
  });
  return child;
}
