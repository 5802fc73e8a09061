import { SCREEN_CODECS, type ScreenCodec, type ScreenConfig } from '../../protocol/index.js';

/** Width times height, up to which a level is enough; the last one is for all that is larger. */
const levels: Record<ScreenCodec, readonly [number, string][]> = {
  vp9: [
    [2_228_224, 'vp09.00.40.08'],
    [8_912_896, 'vp09.00.50.08'],
    [Infinity, 'vp09.00.60.08'],
  ],
  av1: [
    [2_359_296, 'av01.0.08M.08'],
    [8_912_896, 'av01.0.12M.08'],
    [Infinity, 'av01.0.16M.08'],
  ],
  h264: [
    [2_088_960, 'avc1.640028'],
    [9_437_184, 'avc1.640033'],
    [Infinity, 'avc1.64003C'],
  ],
  vp8: [[Infinity, 'vp8']],
};

/** WebCodecs' string for pictures of this size. */
export function codecString(codec: ScreenCodec, width: number, height: number): string {
  return levels[codec].find(([pixels]) => width * height <= pixels)![1];
}

export interface EncoderSize {
  width: number;
  height: number;
  /** Bits a second. */
  bitrate: number;
  /** Pictures a second. */
  framerate: number;
}

/** For text that is read while it moves: sharp before smooth, and nothing that waits for later pictures. */
export function encoderConfig(
  codec: ScreenCodec,
  { width, height, bitrate, framerate }: EncoderSize,
): VideoEncoderConfig {
  return {
    codec: codecString(codec, width, height),
    ...{ width, height, bitrate, framerate },
    latencyMode: 'realtime',
    contentHint: 'text',
    ...(codec === 'h264' ? { avc: { format: 'annexb' as const } } : {}),
  };
}

/** Of H.273, what these names of WebCodecs mean. */
const colorCodes: Readonly<Record<string, string>> = {
  bt709: '01',
  bt470bg: '05',
  smpte170m: '06',
  'iec61966-2-1': '13',
};

/** VP9 doesn't say by itself with which colors it was made; its codec string can. Decoders guess wrong otherwise. */
export function withColors(codec: string, color: VideoColorSpaceInit | undefined): string {
  const codes = [color?.primaries, color?.transfer, color?.matrix].map((name) => colorCodes[name ?? '']);
  if (!/^vp09(\.\d\d){3}$/.test(codec) || codes.includes(undefined)) return codec;
  return [codec, '01', ...codes, color?.fullRange ? '01' : '00'].join('.');
}

/** The only colors that VP8 has; decoders take others for large pictures. */
const vp8Colors = { primaries: 'smpte170m', transfer: 'smpte170m', matrix: 'smpte170m', fullRange: false } as const;

export function decoderConfig({ codec, width, height, description }: ScreenConfig): VideoDecoderConfig {
  return {
    codec,
    codedWidth: width,
    codedHeight: height,
    optimizeForLatency: true,
    ...(description.length > 0 ? { description } : {}),
    ...(codec === 'vp8' ? { colorSpace: vp8Colors } : {}),
  };
}

/** The first codec, of those that may be used, that this browser can make pictures of that size with. */
export async function firstEncoder(
  codecs: readonly ScreenCodec[],
  size: EncoderSize,
): Promise<VideoEncoderConfig | undefined> {
  for (const codec of codecs) {
    const config = encoderConfig(codec, size);
    const isSupported = await VideoEncoder.isConfigSupported(config).then(
      ({ supported }) => supported,
      () => false,
    );
    if (isSupported) return config;
  }
  return undefined;
}

/** The codecs that this browser can show. Empty where it has no `VideoDecoder`. */
export async function decodableCodecs(): Promise<ScreenCodec[]> {
  if (typeof VideoDecoder === 'undefined') return [];
  const supports = await Promise.all(
    SCREEN_CODECS.map((codec) =>
      VideoDecoder.isConfigSupported({ codec: codecString(codec, 1920, 1080) }).then(
        ({ supported }) => supported,
        () => false,
      ),
    ),
  );
  return SCREEN_CODECS.filter((_, index) => supports[index]);
}
