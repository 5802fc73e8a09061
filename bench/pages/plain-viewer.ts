import { Replayer } from '@rrweb/replay';

/** The documented live mode (`?tuned` absent), or with what we know of it: no buffer, no virtual DOM, whatever the clock says. */
const { searchParams } = new URL(location.href);
const tuned = searchParams.has('tuned');
const replayer = new Replayer([], {
  liveMode: true,
  ...(tuned ? { useVirtualDom: false, pauseAnimation: false } : {}),
});
replayer.startLive(tuned ? Date.now() + 1e9 : Date.now() - 1000);
const socket = new WebSocket(searchParams.get('relay')!);
socket.onmessage = ({ data }) => {
  replayer.addEvent(JSON.parse(data as string) as Parameters<Replayer['addEvent']>[0]);
};
