import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Serves the files of one folder, and none of its subfolders, to this machine alone. @returns its origin */
export async function serveFolder(folder: string, port: number): Promise<string> {
  const server = createServer((request, response) => {
    const name = basename(new URL(request.url ?? '/', 'http://localhost').pathname) || 'index.html';
    readFile(join(folder, name)).then(
      (content) => response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'text/plain' }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  await once(server.listen(port, 'localhost'), 'listening');
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
