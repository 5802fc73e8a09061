import { randomInt } from 'node:crypto';

/** What a code opens. */
export interface Invitation {
  session: string;
  code: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** A million codes: of so many at once one in a hundred guesses would fit. */
const mostCodes = 10_000;

/** Six digits that a person reads out: once, for a few minutes. */
export class JoinCodes {
  readonly #milliseconds: number;
  /** In the order in which they expire. */
  readonly #open = new Map<string, Invitation>();

  /** @param seconds that a code is good for. */
  constructor(seconds: number) {
    this.#milliseconds = seconds * 1000;
  }

  /** @returns undefined when too many are open. */
  create(session: string): Invitation | undefined {
    this.#forgetOld();
    if (this.#open.size >= mostCodes) return undefined;
    let code: string;
    do code = String(randomInt(1_000_000)).padStart(6, '0');
    while (this.#open.has(code));
    const invitation = { session, code, expiresAt: Date.now() + this.#milliseconds };
    this.#open.set(code, invitation);
    return invitation;
  }

  /** @returns what it opens; undefined for one that is wrong, used or too old. */
  redeem(code: string): Invitation | undefined {
    this.#forgetOld();
    const invitation = this.#open.get(code);
    this.#open.delete(code);
    return invitation;
  }

  /** A session that has ended is not to be joined. */
  revoke(session: string): void {
    for (const [code, invitation] of this.#open) if (invitation.session === session) this.#open.delete(code);
  }

  #forgetOld(): void {
    const now = Date.now();
    for (const [code, { expiresAt }] of this.#open) {
      if (expiresAt > now) return;
      this.#open.delete(code);
    }
  }
}
