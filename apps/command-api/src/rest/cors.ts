import type { INestApplication } from '@nestjs/common';
import type { Request } from 'express';

const OPTIONS = {
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-Match',
    'If-None-Match',
    'Last-Event-ID',
    'Prefer',
    'Traceparent',
    'X-Request-Id',
  ],
  exposedHeaders: [
    'ETag',
    'Location',
    'Preference-Applied',
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    'X-Command-Id',
    'X-Request-Id',
  ],
  maxAge: 600,
};

type Decide = (error: null, options: object) => void;

/**
 * Lets pages of these origins call the API. A preflight of theirs is answered without a token, because browsers send none with
 * it; one of another page is refused like any request without a token.
 */
export function allowOrigins(app: INestApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.enableCors(({ headers: { origin } }: Request, decide: Decide) => {
    decide(null, origin !== undefined && origins.includes(origin) ? { ...OPTIONS, origin } : { origin: false });
  });
}
