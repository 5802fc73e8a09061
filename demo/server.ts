import { parseArgs } from 'node:util';
import { startDemo, type Demo, type DemoOptions } from './start-demo.js';

/**
 * `npm start`, or `node --import tsx demo/server.ts [--shop-port n] [--desk-port n] [--sync-port n]`. The environment
 * variables `SHOP_PORT`, `DESK_PORT` and `SYNC_PORT` say the same; 0 takes a free port.
 */
const names = ['shop', 'desk', 'sync'] as const;
const usual = { shop: 8080, desk: 8081, sync: 8787 };

function wantedPorts(): Partial<Record<(typeof names)[number], number>> {
  const { values } = parseArgs({
    options: { 'shop-port': { type: 'string' }, 'desk-port': { type: 'string' }, 'sync-port': { type: 'string' } },
  });
  const wanted: ReturnType<typeof wantedPorts> = {};
  for (const name of names) {
    const text = values[`${name}-port`] ?? process.env[`${name.toUpperCase()}_PORT`];
    if (text === undefined) continue;
    const port = Number(text);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${text} is not a port for the ${name}`);
    wanted[name] = port;
  }
  return wanted;
}

/** On the usual ports; where nobody asked for these and one is taken, on free ones. */
async function start(): Promise<Demo> {
  const wanted = wantedPorts();
  const options = (ports: Record<(typeof names)[number], number>): DemoOptions => ({
    shopPort: ports.shop,
    deskPort: ports.desk,
    syncPort: ports.sync,
  });
  try {
    return await startDemo(options({ ...usual, ...wanted }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || Object.keys(wanted).length > 0) throw error;
    console.log('A usual port is taken: free ones are used.');
    return startDemo(options({ shop: 0, desk: 0, sync: 0 }));
  }
}

const demo = await start();
console.log(`
  Cobrowse Kit demo

  Desk  (agent)     ${demo.deskUrl}    start here: open a conversation, hand its link to the consumer
  Shop  (consumer)  ${demo.shopUrl}    use another browser window
  Sync server       ${demo.syncUrl}

  Under a strict Content-Security-Policy: ${demo.deskUrl}/strict and ${demo.shopUrl}/strict
  Ctrl+C ends it.
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void demo.close().then(() => process.exit(0)));
}
