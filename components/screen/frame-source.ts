import { FRAME_RATE } from './capture-rate.js';

interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
type TrackProcessorClass = new (options: { track: MediaStreamTrack; maxBufferSize?: number }) => TrackProcessor;

/**
 * Gives the frames of a captured track as they come, until it is stopped. Who gets a frame closes it. Of those that come faster than they
 * are taken, the older ones are left out.
 * @returns the way to stop
 */
export function readFrames(track: MediaStreamTrack, onFrame: (frame: VideoFrame) => void): () => void {
  const { MediaStreamTrackProcessor } = globalThis as { MediaStreamTrackProcessor?: TrackProcessorClass };
  return MediaStreamTrackProcessor
    ? readTrack(new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }), onFrame)
    : playTrack(track, onFrame);
}

function readTrack({ readable }: TrackProcessor, onFrame: (frame: VideoFrame) => void): () => void {
  const reader = readable.getReader();
  let isStopped = false;
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (isStopped) value.close();
      else onFrame(value);
    }
  };
  read().catch(() => undefined);
  return () => {
    isStopped = true;
    reader.cancel().catch(() => undefined);
  };
}

/** Where tracks can't be read on a page: by a video that nobody sees. A hidden page gets about one picture a second of it. */
function playTrack(track: MediaStreamTrack, onFrame: (frame: VideoFrame) => void): () => void {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  video.play().catch(() => undefined);
  const timer = setInterval(() => {
    if (video.readyState < 2 || track.muted) return;
    onFrame(new VideoFrame(video, { timestamp: Math.round(performance.now() * 1000) }));
  }, 1000 / FRAME_RATE);
  return () => {
    clearInterval(timer);
    video.srcObject = null;
  };
}
