import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import type { Response } from 'express';
import { digest, settingsDigest, type Precondition } from '../admin/precondition.ts';
import { ProblemError } from '../problems/problem-error.ts';
import type { ApiRequest } from './request.ts';

const ENTITY_TAG = '(W/)?"([!#-~]*)"';
/** What If-Match may be: `*`, or entity tags, which may hold commas themselves. */
const IF_MATCH = `^(\\*|${ENTITY_TAG}( *, *${ENTITY_TAG})*)$`;

/**
 * Gives the answer a strong entity tag: a part for the settings and a part for all the rest. If-None-Match compares both, and
 * If-Match only the settings, because a connected charge point changes the rest every few seconds.
 */
export function tagged<Body extends object>(response: Response, record: ChargePointRecord, body: Body): Body {
  response.setHeader('ETag', `"${settingsDigest(record)}.${digest(JSON.stringify(body))}"`);
  return body;
}

/** Reads If-Match, and If-None-Match where it is `*`. @throws ProblemError */
export function preconditionOf({ headers }: Pick<ApiRequest, 'headers'>): Precondition {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  return {
    ...(ifMatch !== undefined && { ifMatch: settingsIn(ifMatch) }),
    ...(ifNoneMatch !== undefined && { ifNew: isAny(ifNoneMatch) }),
  };
}

function settingsIn(header: string): '*' | string[] {
  if (header.trim() === '*') return '*';
  if (!new RegExp(IF_MATCH).test(header))
    throw invalid('If-Match', 'must be * or entity tags in quotation marks, as ETag gives them');
  // A weak tag matches nothing here (RFC 9110 section 13.1.1).
  return [...header.matchAll(new RegExp(ENTITY_TAG, 'g'))].flatMap(([, weak, tag = '']) =>
    weak === undefined ? [tag.split('.')[0] ?? ''] : [],
  );
}

function isAny(header: string): true {
  if (header.trim() === '*') return true;
  throw invalid('If-None-Match', 'must be * in a request that changes something');
}

function invalid(parameter: string, message: string): ProblemError {
  return new ProblemError('invalid-parameter', { errors: [{ parameter, message }] });
}

/** Documents the headers of a route that changes a charge point. */
export function ApiPreconditions(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        'ETag of the charge point as you read it: the change is made only if its settings are still the same. `*`: only if it exists',
      schema: { type: 'string', pattern: IF_MATCH },
    }),
  );
}
