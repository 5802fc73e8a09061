import * as Y from 'yjs';
import { LIMITS, MODES, type Role } from '../../protocol/index.js';
import { DocGate, type Arrival, type Writer } from '../doc-gate.js';
import { request, stroke } from './rig.js';

/** Yjs client ids of a room in the middle of a session. */
export const CONSUMER = 100;
export const AGENT = 200;

export const live: Arrival = { solicited: false, patient: false };

export function writer(role: Role, clientId?: number): Writer {
  const person = { sub: `${role}-1`, name: `${role}-1`, role, session: 's', color: '#000000', exp: 0 };
  return { person, clientId };
}

/** Clocks 0 and 1. */
function fillConsumer(doc: Y.Doc): void {
  doc.getMap('session').set('status', 'active');
  doc.getMap('session').set('mode', 'screen-share');
}

/** Clocks 0 and 1. */
function fillAgent(doc: Y.Doc): void {
  doc.getMap('requests').set('agent-1:1', request('agent-1:1'));
  doc.getMap('annotations').set('agent-1:1', stroke('agent-1:1'));
}

function written(clientId: number, write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  doc.transact(() => write(doc));
  return Y.encodeStateAsUpdate(doc);
}

/** What both have written so far. */
export const beginnings = [written(CONSUMER, fillConsumer), written(AGENT, fillAgent)];

/** A room as it stands in the middle of a session: both have written. */
export function gateRoom(limits: Partial<Record<keyof typeof LIMITS, number>> = {}) {
  const consumer = writer('consumer');
  const agent = writer('agent');
  const writers = [consumer, agent];
  const gate = new DocGate(
    { limits: { ...LIMITS, ...limits }, modes: MODES },
    {
      holderOf: (clientId) => writers.find((one) => one.clientId === clientId),
      takeOver: (holder) => (holder.clientId = undefined),
    },
  );
  beginnings.forEach((update, i) => gate.accept(update, writers[i]!, live));
  return { gate, consumer, agent, writers };
}

export function contents(doc: Y.Doc): Record<string, Record<string, unknown>> {
  return Object.fromEntries([...doc.share.keys()].map((root) => [root, doc.getMap(root).toJSON()]));
}
