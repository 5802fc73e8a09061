import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import { ConfigurationError, type AuditRecord, type Configuration } from './options.js';
import { ReceiptDesk } from './receipts.js';
import { Webhooks } from './webhooks.js';

/** What each record is called outside; the others are for the audit log alone. */
const webhookTypes: Partial<Record<AuditRecord['event'], string>> = {
  open: 'session.created',
  request: 'request.created',
  answer: 'answer.recorded',
  mode: 'mode.changed',
  'step-down': 'mode.changed',
  control: 'control.changed',
  end: 'session.ended',
};

/** Where what has happened is written down: audit log, receipts, webhooks. */
export class Records {
  readonly receipts: ReceiptDesk;
  readonly #configuration: Configuration;
  readonly #log: Log;
  readonly #metrics: Metrics;
  readonly #webhooks: Webhooks | undefined;
  /** The integrator's id of a conversation, by session. */
  referenceOf: (session: string) => string | undefined = () => undefined;

  /** @throws {ConfigurationError} */
  constructor(configuration: Configuration, log: Log, metrics: Metrics) {
    this.#configuration = configuration;
    this.#log = log;
    this.#metrics = metrics;
    this.receipts = new ReceiptDesk(configuration.receiptKey);
    const { webhookUrl: url, webhookSecret: secret, webhookPauses: pauses } = configuration;
    if (!url) return;
    if (!secret)
      throw new ConfigurationError('COBROWSE_WEBHOOK_URL needs COBROWSE_WEBHOOK_SECRET, which signs what is sent');
    if (!configuration.receiptKey)
      log.warn({}, 'no COBROWSE_RECEIPT_KEY: receipts can be checked only while this process runs');
    this.#webhooks = new Webhooks({ url, secret, log, onLost: () => metrics.webhooksLost.inc(), ...(pauses ? { pauses } : {}) }); // prettier-ignore
    metrics.watchWebhooks(() => this.#webhooks!.waiting);
  }

  add(event: AuditRecord['event'], details: Omit<AuditRecord, 'at' | 'event'> & { session: string }): void {
    const record: AuditRecord = { at: new Date().toISOString(), event, ...details };
    const signed = this.receipts.issue(record, this.referenceOf(record.session));
    const full = signed ? { ...record, receipt: signed.receipt.id, jws: signed.jws } : record;
    this.#write(full);
    this.#tellOutside(full);
  }

  /** A full disk must not end the sessions: it is said, loudly. */
  #write(record: AuditRecord): void {
    try {
      this.#configuration.onAudit?.(record);
    } catch (error) {
      this.#metrics.auditLost.inc();
      this.#log.error({ session: record.session, err: error }, 'an audit record could not be written');
    }
  }

  close(milliseconds: number): Promise<void> {
    return this.#webhooks?.close(milliseconds) ?? Promise.resolve();
  }

  #tellOutside({ at, event, session, ...data }: AuditRecord): void {
    const started = event === 'status' && data['status'] === 'active' && data['before'] !== 'paused';
    const type = started ? 'session.started' : webhookTypes[event];
    // only what asks a person is told; how it goes on, by what comes of it
    const isStep = (event === 'request' || event === 'answer') && data['kind'] !== undefined && data['kind'] !== 'mode';
    if (!type || isStep || !this.#webhooks) return;
    const reference = this.referenceOf(session);
    this.#webhooks.send({ type, session, data: { ...(reference === undefined ? {} : { reference }), ...data } }, at);
  }
}
