import { promisify } from 'node:util';
import {
  brotliDecompress,
  gunzip,
  gzip,
  inflate,
  zstdCompress,
  zstdDecompress,
  deflate,
  brotliCompress,
} from 'node:zlib';

import { serverException } from './exception.ts';

type Codec = (data: Buffer) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Codec>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

/** In the order that ClickHouse prefers them. */
const ENCODERS: Readonly<Record<string, Codec>> = {
  br: promisify(brotliCompress),
  gzip: promisify(gzip),
  zstd: promisify(zstdCompress),
  deflate: promisify(deflate),
};

export async function decodeBody(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (!encoding || encoding === 'identity') return body;
  const decode = DECODERS[encoding.toLowerCase()];
  if (!decode) {
    throw serverException(
      48,
      'NOT_IMPLEMENTED',
      `Unknown Content-Encoding ${encoding}: use ${Object.keys(DECODERS).join(', ')}`,
    );
  }
  try {
    return await decode(body);
  } catch (error) {
    throw serverException(
      354,
      'ZLIB_INFLATE_FAILED',
      `The request's body is not ${encoding}: ${(error as Error).message}`,
    );
  }
}

export function chooseEncoding(acceptEncoding: string | undefined): string | undefined {
  const accepted = (acceptEncoding ?? '').split(',').map((entry) => entry.split(';')[0]?.trim().toLowerCase());
  return Object.keys(ENCODERS).find((name) => accepted.includes(name));
}

export async function encodeBody(body: Buffer, encoding: string): Promise<Buffer> {
  const encode = ENCODERS[encoding];
  return encode ? encode(body) : body;
}
