import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as known from './known-values.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- a schema of any depth */
const LIBS = join(import.meta.dirname, '../../../../libs');

/** The values of the first field of this name in a schema as it was published. */
function published(file: string, field: string): readonly string[] {
  const schema = JSON.parse(readFileSync(join(LIBS, `${file}.json`), 'utf8'));
  const find = (node: any): readonly string[] | undefined => {
    if (typeof node !== 'object' || node === null) return undefined;
    const own = node.properties?.[field];
    const values = own?.enum ?? schema.definitions?.[own?.$ref?.split('/').at(-1)]?.enum;
    return values ?? Object.values(node).map(find).find(Boolean);
  };
  const values = find(schema);
  if (!values) throw new Error(`${file} has no ${field}`);
  return values;
}

const V16 = 'ocpp-v16/schemas';
const V201 = 'ocpp-v201/schemas';

describe('the known values', () => {
  it.each([
    [
      'CONNECTOR_STATUSES',
      `${V16}/StatusNotification`,
      'status',
      `${V201}/StatusNotificationRequest`,
      'connectorStatus',
    ],
    ['ERROR_CODES', `${V16}/StatusNotification`, 'errorCode'],
    ['CHARGING_STATES', `${V201}/TransactionEventRequest`, 'chargingState'],
    ['ID_TOKEN_TYPES', `${V201}/AuthorizeRequest`, 'type'],
    ['ID_TOKEN_STATUSES', `${V16}/AuthorizeResponse`, 'status', `${V201}/TransactionEventResponse`, 'status'],
    ['STOP_REASONS', `${V16}/StopTransaction`, 'reason', `${V201}/TransactionEventRequest`, 'stoppedReason'],
    ['MEASURANDS', `${V16}/MeterValues`, 'measurand', `${V201}/MeterValuesRequest`, 'measurand'],
    ['SAMPLE_CONTEXTS', `${V16}/MeterValues`, 'context', `${V201}/MeterValuesRequest`, 'context'],
    ['PHASES', `${V16}/MeterValues`, 'phase', `${V201}/MeterValuesRequest`, 'phase'],
    ['SAMPLE_LOCATIONS', `${V16}/MeterValues`, 'location', `${V201}/MeterValuesRequest`, 'location'],
    [
      'FIRMWARE_STATUSES',
      `${V16}/FirmwareStatusNotification`,
      'status',
      `${V201}/FirmwareStatusNotificationRequest`,
      'status',
    ],
    ['PUBLICATION_STATUSES', `${V201}/PublishFirmwareStatusNotificationRequest`, 'status'],
    [
      'UPLOAD_STATUSES',
      `${V16}/DiagnosticsStatusNotification`,
      'status',
      `${V201}/LogStatusNotificationRequest`,
      'status',
    ],
  ] as const)('%s are those of the official schemas', (name, ...sources) => {
    const ofSchemas = new Set<string>();
    for (let at = 0; at < sources.length; at += 2)
      for (const each of published(sources[at] as string, sources[at + 1] as string)) ofSchemas.add(each);
    expect([...known[name]].sort()).toEqual([...ofSchemas].sort());
  });
});
