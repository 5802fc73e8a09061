import { DECISIONS, ERRORS, MODES, ROLES } from '../protocol/index.js';

const text = { type: 'string' };
const time = { type: 'string', format: 'date-time' };
const oneOf = (values: readonly string[]) => ({ type: 'string', enum: [...values] });
const list = (items: object) => ({ type: 'array', items });
const object = (properties: Record<string, object>, required: string[] = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ 'application/json': { schema } });
const answers = (status: string, description: string, schema?: object) => ({
  [status]: { description, ...(schema ? { content: json(schema) } : {}) },
  default: { description: 'A problem', content: { 'application/problem+json': { schema: ref('Problem') } } },
});
const path = (name: string, maxLength = 128) => ({ name, in: 'path', required: true, schema: { ...text, maxLength } });
const query = (name: string, schema: object) => ({ name, in: 'query', required: false, schema });
const idempotent = { name: 'Idempotency-Key', in: 'header', required: false, schema: text };
const body = (schema: object) => ({ required: true, content: json(schema) });

const invitation = { code: { ...text, pattern: '^\\d{6}$' }, joinUrl: text, expiresAt: time };
const signed = { token: text, expiresAt: time };

const schemas = {
  Problem: object({ title: text, status: { type: 'integer' }, code: oneOf(Object.keys(ERRORS)), detail: text }),
  Invitation: object(invitation, ['code', 'expiresAt']),
  NewSession: object({ reference: { ...text, maxLength: 128 }, modes: list(oneOf(MODES)), locale: text }, []),
  CreatedSession: object(
    { id: text, reference: text, modes: list(oneOf(MODES)), locale: text, ...invitation },
    ['id', 'code', 'expiresAt'],
  ), // prettier-ignore
  Session: object(
    {
      id: text,
      reference: text,
      status: oneOf(['waiting', 'idle', 'requested', 'allowed', 'active', 'paused', 'ended']),
      mode: { type: ['string', 'null'], enum: [...MODES, null] },
      participants: list(object({ sub: text, name: text, role: oneOf(ROLES) })),
    },
    ['id', 'status', 'mode', 'participants'],
  ),
  NewToken: object(
    {
      role: oneOf(ROLES),
      sub: { ...text, maxLength: 128 },
      name: text,
      color: text,
      locale: text,
      modes: list(oneOf(MODES)),
      ttl: { type: 'integer', minimum: 1, maximum: 86_400, default: 900, description: 'Seconds' },
    },
    ['role', 'sub'],
  ),
  Token: object(signed),
  Joined: object({ session: text, role: oneOf(['consumer']), sub: text, ...signed }),
  Receipt: object(
    {
      id: text,
      session: text,
      reference: text,
      request: text,
      mode: oneOf(MODES),
      minutes: { type: 'number' },
      decision: oneOf(DECISIONS),
      agent: object({ sub: text, name: text }),
      consumer: object({ sub: text, name: text }),
      shown: object({ id: text, version: { type: 'integer' }, locale: text, text, sha256: text }),
      recording: oneOf(['on', 'off']),
      askedAt: time,
      answeredAt: time,
      jws: { ...text, description: 'The receipt, signed; its keys are at /.well-known/cobrowse-keys.json' },
    },
    ['id', 'session', 'request', 'decision', 'consumer', 'recording', 'answeredAt', 'jws'],
  ),
};

/** The REST API in OpenAPI 3.1, as `/v1/openapi.json` serves it. */
export const openApi = {
  openapi: '3.1.0',
  info: { title: 'Cobrowse Kit', version: '1', description: 'Sessions, tokens, join codes and receipts, for your back end.' },
  security: [{ service: [] }],
  paths: {
    '/v1/openapi.json': { get: { security: [], summary: 'This document', responses: answers('200', 'OpenAPI', { type: 'object' }) } },
    '/v1/sessions': {
      post: { summary: 'Creates a session, with a code to join it', parameters: [idempotent], requestBody: body(ref('NewSession')), responses: answers('201', 'Created', ref('CreatedSession')) },
      get: {
        summary: 'The sessions of this server',
        parameters: [query('state', oneOf(['active', 'open', 'waiting'])), query('reference', text), query('limit', { type: 'integer', minimum: 1, maximum: 1000, default: 100 })],
        responses: answers('200', 'Sessions', object({ sessions: list(ref('Session')) })),
      },
    },
    '/v1/sessions/{id}': {
      parameters: [path('id')],
      get: { summary: 'One session', responses: answers('200', 'The session', ref('Session')) },
      delete: { summary: 'Ends a session: everyone is sent away, and nobody comes in again', responses: answers('204', 'Ended') },
    },
    '/v1/sessions/{id}/tokens': {
      parameters: [path('id')],
      post: { summary: 'Signs a token for one person, with the key of the server', parameters: [idempotent], requestBody: body(ref('NewToken')), responses: answers('201', 'The token', ref('Token')) },
    },
    '/v1/sessions/{id}/codes': {
      parameters: [path('id')],
      post: { summary: 'Another code to join', parameters: [idempotent], responses: answers('201', 'The code', ref('Invitation')) },
    },
    '/v1/sessions/{id}/receipts': {
      parameters: [path('id')],
      get: { summary: 'The receipts of a session that this server still holds', responses: answers('200', 'Receipts', object({ receipts: list(ref('Receipt')) })) },
    },
    '/v1/receipts/{id}': {
      parameters: [path('id')],
      get: { summary: 'One receipt', responses: answers('200', 'The receipt', ref('Receipt')) },
    },
    '/v1/codes/{code}/redeem': {
      parameters: [path('code', 6)],
      post: { security: [], summary: 'Joins as the consumer; for pages, each code once', responses: answers('200', 'Session and token', ref('Joined')) },
    },
  },
  components: {
    securitySchemes: { service: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Signed as the tokens of people, with the role `service` and no session.' } },
    schemas,
  },
}; // prettier-ignore
