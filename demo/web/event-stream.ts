import type { Exchange } from './exchange.js';

const keepAliveMilliseconds = 20_000;
const maximumQueued = 256 * 1024;

/** Server-sent events to one page. A page that reads too slowly is cut off, and comes back by itself. */
export class EventStream {
  readonly #exchange: Exchange;
  readonly #timer: NodeJS.Timeout;

  constructor(exchange: Exchange, onClose: () => void) {
    this.#exchange = exchange;
    exchange.response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    exchange.response.write('retry: 1000\n\n');
    this.#timer = setInterval(() => this.#write(': here\n\n'), keepAliveMilliseconds);
    exchange.response.on('close', () => {
      clearInterval(this.#timer);
      onClose();
    });
  }

  /** @param id comes back as `lastEventId` when the page joins again */
  send(event: string, data: unknown, id?: number): void {
    const name = id === undefined ? '' : `id: ${id}\n`;
    this.#write(`${name}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #write(text: string): void {
    const { response } = this.#exchange;
    if (response.writableLength > maximumQueued) response.destroy();
    else response.write(text);
  }
}

/** The id of the last event that this page has seen, or 0. */
export function lastEventId(exchange: Exchange): number {
  const header = exchange.request.headers['last-event-id'];
  const text = typeof header === 'string' ? header : exchange.url.searchParams.get('after');
  const id = Number(text ?? 0);
  return Number.isSafeInteger(id) && id > 0 ? id : 0;
}
