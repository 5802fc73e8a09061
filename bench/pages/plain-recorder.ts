import { record } from '@rrweb/record';

/** Plain rrweb over a WebSocket: each event as its JSON, as the live-mode recipe says. */
const socket = new WebSocket(new URL(location.href).searchParams.get('relay')!);
let bytes = 0;

declare global {
  interface Window {
    startPlain(): void;
    plainBytes(): number;
  }
}

window.startPlain = () => {
  record({
    emit(event) {
      const text = JSON.stringify(event);
      bytes += new TextEncoder().encode(text).length;
      socket.send(text);
    },
  });
};
window.plainBytes = () => bytes;
