/**
 * Why an update is not accepted, for the log and the metrics. `undecodable`: no update; `form`: nothing that an honest peer of
 * this protocol writes; `missing`: depends on what isn't here; `identity`: written with the Yjs id of another; `rights`: not the
 * role's to write; `schema`: not a value for that key; `limit`: too large or too much; `contradiction`: differs from what is here.
 */
export type RefusalReason =
  'undecodable' | 'form' | 'missing' | 'identity' | 'rights' | 'schema' | 'limit' | 'contradiction';

export class UpdateRefusal extends Error {
  override readonly name = 'UpdateRefusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
