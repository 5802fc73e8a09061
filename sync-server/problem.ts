import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '../protocol/index.js';

/** What goes back to whoever asked wrongly: `application/problem+json`, with the codes of the kit. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: ErrorCode;
  readonly headers: Record<string, string>;

  constructor(status: number, code: ErrorCode, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function replyProblem(response: ServerResponse, { status, code, message, headers }: Problem): void {
  const body = JSON.stringify({ title: code, status, code, detail: message });
  response.writeHead(status, { ...headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(body);
}
