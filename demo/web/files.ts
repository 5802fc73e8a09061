import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, normalize, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HttpError, type Exchange } from './exchange.js';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * Sends a file of a folder. Nothing outside the folder can be reached.
 * @throws {HttpError} 404 when there is no such file
 */
export async function sendFile(exchange: Exchange, folder: string, path: string): Promise<void> {
  const file = safePath(folder, path);
  const size = await sizeOf(file);
  const type = types[extname(file)] ?? 'application/octet-stream';
  // a mirror is shown at the desk's address: without this it would have the shop's words in other letters
  if (type.startsWith('font/')) exchange.response.setHeader('Access-Control-Allow-Origin', '*');
  exchange.response.writeHead(200, { 'Content-Type': type, 'Content-Length': size });
  if (exchange.request.method === 'HEAD') {
    exchange.response.end();
    return;
  }
  // a browser that goes away in the middle is no error of ours
  await pipeline(createReadStream(file), exchange.response).catch(() => undefined);
}

function safePath(folder: string, path: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    throw new HttpError(404, 'Not found');
  }
  const root = resolve(folder);
  const file = resolve(root, `.${sep}${normalize(decoded)}`);
  if (decoded.includes('\0') || !file.startsWith(root + sep)) throw new HttpError(404, 'Not found');
  return file;
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new HttpError(404, 'Not found');
  return found.size;
}
