import { Counter, Gauge, Registry } from 'prom-client';

/** What the server counts; each server has a registry of its own. */
export class Metrics {
  readonly registry = new Registry();
  readonly refusals = new Counter({
    name: 'cobrowse_refusals_total',
    help: 'What was refused, by code',
    labelNames: ['code'],
    registers: [this.registry],
  });
  readonly frames = new Counter({
    name: 'cobrowse_mirror_frames_total',
    help: 'Frames relayed, by kind',
    labelNames: ['kind'],
    registers: [this.registry],
  });
  readonly bytes = new Counter({
    name: 'cobrowse_mirror_bytes_total',
    help: 'Bytes of frames relayed, by kind',
    labelNames: ['kind'],
    registers: [this.registry],
  });
  readonly joins = new Counter({
    name: 'cobrowse_joins_total',
    help: 'Connections accepted, by role',
    labelNames: ['role'],
    registers: [this.registry],
  });

  constructor(counts: { sessions(): number; connections(): number }) {
    this.#gauge('cobrowse_sessions', 'Sessions held', counts.sessions);
    this.#gauge('cobrowse_connections', 'Sockets open', counts.connections);
  }

  #gauge(name: string, help: string, count: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(count());
      },
    });
  }
}
