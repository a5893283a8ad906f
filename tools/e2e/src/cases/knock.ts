import { connect, type Socket } from 'node:net';

export interface Reply {
  /** 0 where no HTTP came. */
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

const TIMEOUT_MS = 10_000;

/** Header lines of an upgrade, and what a case adds or says otherwise. */
export function upgrade(path: string, headers: readonly string[]): string {
  const fixed = ['Host: case', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  return [`GET ${path} HTTP/1.1`, ...fixed, key, ...headers, '', ''].join('\r\n');
}

/**
 * Sends these bytes to a port and gives what comes back, once the head of an answer is there or the other side has hung up. The
 * socket is closed then; `meanwhile` may use it before.
 */
export async function knock(
  url: string,
  bytes: string | Buffer,
  meanwhile: (socket: Socket, reply: Reply) => Promise<void> = async () => undefined,
): Promise<Reply> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    const text = await new Promise<string>((resolve, reject) => {
      let came = '';
      socket.setTimeout(TIMEOUT_MS, () => reject(new Error(`no answer in ${TIMEOUT_MS} ms`)));
      socket.on('data', (chunk) => {
        came += chunk.toString('latin1');
        if (whole(came)) resolve(came);
      });
      socket.on('close', () => resolve(came));
      // What was sent of too much may come back as a reset.
      socket.on('error', () => resolve(came));
      socket.write(bytes);
    });
    const reply = parse(text);
    await meanwhile(socket, reply);
    return reply;
  } finally {
    socket.destroy();
  }
}

/** An upgrade has no body; another answer is whole with its declared length. */
function whole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const { status, headers, body } = parse(text);
  return status === 101 || body.length >= Number(headers['content-length'] ?? Infinity);
}

function parse(text: string): Reply {
  const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s);
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => line.split(/:\s*(.*)/s) as [string, string]);
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(first)?.[1] ?? 0),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body,
  };
}
