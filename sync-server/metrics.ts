import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Held {
  sessions(): number;
  connections(): number;
  keptBytes(): number;
}

/** What the server counts; each server has a registry of its own. */
export class Metrics {
  readonly registry = new Registry();
  readonly refusals = this.#counter('cobrowse_refusals_total', 'What was refused or closed, by code', ['code']);
  readonly updateRefusals = this.#counter('cobrowse_update_refusals_total', 'Refused doc updates, by reason', [
    'reason',
  ]);
  readonly joins = this.#counter('cobrowse_joins_total', 'Connections accepted', ['role', 'channel']);
  readonly updates = this.#counter('cobrowse_doc_updates_total', 'Doc updates decided', []);
  readonly frames = this.#counter('cobrowse_mirror_frames_total', 'Frames relayed, by kind', ['kind']);
  readonly bytes = this.#counter('cobrowse_mirror_bytes_total', 'Bytes of frames relayed, by kind', ['kind']);
  readonly leftOut = this.#counter('cobrowse_mirror_left_out_total', 'Frames left out for a slow peer', ['kind']);
  readonly auditLost = this.#counter('cobrowse_audit_lost_total', 'Audit records that could not be written', []);
  readonly webhooksLost = this.#counter('cobrowse_webhooks_lost_total', 'Webhooks that were given up', []);
  readonly deciding = new Histogram({
    name: 'cobrowse_doc_update_seconds',
    help: 'Time to decide and apply a doc update',
    buckets: [0.00001, 0.0001, 0.001, 0.01, 0.1, 1],
    registers: [this.registry],
  });

  constructor(held: Held) {
    this.#gauge('cobrowse_sessions', 'Sessions held', held.sessions);
    this.#gauge('cobrowse_connections', 'Sockets open', held.connections);
    this.#gauge('cobrowse_epoch_bytes', 'Frames kept for late agents', held.keptBytes);
  }

  watchWebhooks(waiting: () => number): void {
    this.#gauge('cobrowse_webhooks_waiting', 'Webhooks that have not got through yet', waiting);
  }

  #counter<T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
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
