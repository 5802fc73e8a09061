import type { Control } from './control.js';
import type { Screen } from './screen.js';
import type { ServerLoad, SessionLoad } from './server.js';
import { kinds, probes, type Latency, type Minute } from './measure.js';
import { round, table, type Spread } from './statistics.js';

export interface Results {
  machine: Record<string, unknown>;
  seconds: number;
  latency: Latency[];
  minute: Minute[];
  laser: Spread;
  control: Control;
}

/** All tables, as text. */
export function report(results: Results): string {
  return [
    latencyTables(results),
    bytesTable(results),
    tasksTable(results),
    laserTable(results),
    controlTable(results),
    aimsTable(results),
  ]
    .flat()
    .join('\n');
}

function latencyTables({ latency }: Results): string[] {
  return [
    ...kinds.map((kind) =>
      table(
        `Change on the page -> same change in the agent's DOM, ${kind} (ms, ${probes} changes)`,
        latency.map(({ name, latency: by }) => ({ what: name, ...by[kind] })),
      ),
    ),
    table(
      'View -> page of 6,000 nodes in the mirror (ms)',
      latency.map(({ name, firstFrame: { n, p50, max } }) => ({ what: name, n, median: p50, max })),
    ),
  ];
}

function bytesTable({ minute, seconds }: Results): string {
  const plain = minute[1]!;
  return table(
    `Bytes sent by the consumer's page in ${seconds} s`,
    minute.map((row) => ({
      what: row.name,
      snapshot: row.snapshotBytes,
      after: row.minuteBytes,
      all: row.bytes,
      'plain / this': round(plain.bytes / row.bytes),
      'after only': round(plain.minuteBytes / row.minuteBytes),
    })),
  );
}

function tasksTable({ minute }: Results): string {
  const tasks = (list: number[]) => `${list.length} (longest ${round(Math.max(0, ...list), 0)} ms)`;
  return table(
    'Long tasks (> 50 ms) on the consumer’s page',
    minute.map((row) => ({
      what: row.name,
      'load, before View': tasks(row.loadTasks),
      'until the first frame': tasks(row.snapshotTasks),
      later: tasks(row.minuteTasks),
    })),
  );
}

function laserTable({ laser }: Results): string {
  return table('Laser: pointer at the agent -> drawn on the consumer’s page (ms)', [
    { what: 'Cobrowse Kit', ...laser },
  ]);
}

function controlTable({ control }: Results): string {
  return table('Remote control: the agent lets the button go -> ... (ms)', [
    { what: 'handler on the page', ...control.handler },
    { what: 'seen by the agent', ...control.seen },
  ]);
}

/** Full device, with its aims. */
export function screenReport({
  latency,
  toScreen,
  toStill,
  toMirror,
  picturesPerSecond,
  megabitsPerSecond,
}: Screen): string {
  const rows: [string, number, number][] = [
    ['change on the screen -> drawn, p50 (ms)', 150, latency.p50],
    ['change on the screen -> drawn, p95 (ms)', 150, latency.p95],
    ['other tab in front -> its first picture, median (ms)', 500, toScreen.p50],
    ['the same, one that stands still', 500, toStill.p50],
    ['own tab in front -> the mirror, median (ms)', 300, toMirror.p50],
    ['Mbit/s of text that is typed and scrolled', 2, megabitsPerSecond],
  ];
  return table(
    `Full device, 1920 x 1080, ${picturesPerSecond} pictures a second, ${latency.n} changes`,
    rows.map(([what, most, measured]) => ({
      what,
      'at most': most,
      measured,
      met: measured <= most ? 'yes' : 'no',
    })),
  );
}

/** The aims of the project, each with the worst of the kit's rows. */
function aimsTable({ latency, minute, laser, control }: Results): string {
  const ours = latency.filter(({ name }) => name.startsWith('Cobrowse Kit'));
  const worst = (of: (row: Latency) => number) => Math.max(...ours.map(of));
  const one = (key: 'p50' | 'p95') => worst((row) => Math.max(row.latency.text[key], row.latency.attribute[key]));
  const insert = (key: 'p50' | 'p95') => worst((row) => row.latency.insert[key]);
  const [kit, plain] = minute;
  const rows: [string, number, number][] = [
    ['one change, p50 (ms)', 5, one('p50')],
    ['one change, p95 (ms)', 16, one('p95')],
    ['50 nodes put in, p50 (ms)', 5, insert('p50')],
    ['50 nodes put in, p95 (ms)', 16, insert('p95')],
    ['first frame, median (ms)', 1000, worst((row) => row.firstFrame.p50)],
    ['laser, p95 (ms)', 32, laser.p95],
    ['click -> handler, p95 (ms)', 16, control.handler.p95],
    ['click -> seen, p95 (ms)', 40, control.seen.p95],
    ['a move, 60 a second (ms of the page)', 2, control.move],
    ['bytes: of the JSON of the events (%)', 12.5, round((100 * kit!.bytes) / plain!.bytes)],
  ];
  return table(
    'Aims',
    rows.map(([what, most, measured]) => ({
      what,
      'at most': most,
      measured,
      met: measured <= most ? 'yes' : 'no',
    })),
  );
}

/** Our server beside the stock one, and what it carries. */
export function serverReport(ours: ServerLoad, stock: ServerLoad, busy: SessionLoad): string {
  const row = (what: string, pick: (load: ServerLoad) => number) => ({
    what,
    'Cobrowse Kit': pick(ours),
    '@y/websocket-server': pick(stock),
  });
  return [
    table('The server, with checks of every update, beside one without any', [
      row('a participant joins, p50 (ms)', ({ join }) => join.p50),
      row('a participant joins, p95 (ms)', ({ join }) => join.p95),
      row('an idle room with one participant (kB)', ({ idleRoom }) => idleRoom),
      row('updates a second', ({ updatesPerSecond }) => updatesPerSecond),
      row('processor for each (us)', ({ update }) => update),
      row('update -> the other side, p50 (ms)', ({ updateSeen }) => updateSeen.p50),
      row('update -> the other side, p95 (ms)', ({ updateSeen }) => updateSeen.p95),
      row('held after a peer has not read for 32 MB (MB)', ({ stuck }) => stuck),
    ]),
    table(`${busy.sessions} active sessions`, [
      { what: 'share of one processor', measured: busy.cpu, aim: '' },
      { what: 'active sessions a core', measured: busy.perCore, aim: '>= 500' },
      { what: 'a room with both sides on both channels (kB)', measured: busy.activeRoom, aim: '' },
    ]),
  ].join('\n');
}
