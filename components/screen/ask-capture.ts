import { FRAME_RATE } from './capture-rate.js';
import { capturingShell } from './capturing-shell.js';

/** Whether this browser and this page can show more than the site's own pages. */
export function canCapture(): boolean {
  if (capturingShell()) return true;
  const { mediaDevices } = navigator as { mediaDevices?: Partial<MediaDevices> };
  const policy = (document as { featurePolicy?: { allowsFeature(name: string): boolean } }).featurePolicy;
  return (
    typeof mediaDevices?.getDisplayMedia === 'function' &&
    typeof VideoEncoder === 'function' &&
    (policy?.allowsFeature('display-capture') ?? true)
  );
}

/** Opens the browser's picker. To be called in the task of a click on this page: the browser refuses it at other times. */
export function askForScreen(): Promise<MediaStream> {
  // what isn't known to a browser is left out by it
  const options = {
    video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: FRAME_RATE }, cursor: 'always' },
    audio: false,
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    monitorTypeSurfaces: 'include',
  };
  return navigator.mediaDevices.getDisplayMedia(options);
}
