import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { anonymised } from '../anonymise/anonymise.ts';
import { readTraceText } from '../trace/read.ts';
import { findingsOf } from './findings.ts';
import type { FindingKind } from './kinds.ts';

const folder = new URL('../testdata/debugkit/', import.meta.url);

/** What each scenario is about; the second list is what is wrong in it besides. */
const FOUND: Readonly<Record<string, readonly [about: readonly FindingKind[], besides?: readonly FindingKind[]]>> = {
  'boot-outside-repeat-window': [[]],
  'connector-fault': [['connector-fault']],
  'diagnostics-failure': [['diagnostics-failure']],
  // The connector reports Faulted after the third refusal.
  'failed-auth': [['failed-authorization'], ['connector-fault']],
  'firmware-update-failure': [['firmware-failure']],
  'firmware-update-success': [[]],
  'heartbeat-irregular': [['heartbeat-off-interval']],
  'heartbeat-timeout': [['heartbeat-missing']],
  'invalid-stop-reason': [['invalid-stop-reason']],
  // 20 minutes without a message, where a heartbeat is due every five.
  'meter-anomaly': [['falling-register'], ['heartbeat-missing', 'meter-gap']],
  'meter-value-gap': [['meter-gap'], ['heartbeat-missing']],
  'meter-value-zero': [[]],
  'normal-session': [[]],
  'refused-authorization': [['failed-authorization']],
  'repeated-boot-notification': [['repeated-boots']],
  'short-session': [['suspicious-duration']],
  'slow-csms-response': [['slow-answers']],
  'station-offline': [['offline-during-session']],
  'status-transition-violation': [['forbidden-status-transition']],
  'status-transitions-legal': [[]],
  'unexpected-start': [['unexpected-start']],
  'unexpected-stop-reason': [[]],
  'unresponsive-csms': [['silent-csms']],
};

describe('the scenarios of OCPP DebugKit', () => {
  it('are all here', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
    expect(files.map((file) => file.replace('.jsonl', '')).toSorted()).toEqual(Object.keys(FOUND));
  });

  it.each(Object.entries(FOUND))('%s', (name, [about, besides = []]) => {
    const messages = readTraceText(readFileSync(new URL(`${name}.jsonl`, folder), 'utf8'));
    const found = findingsOf({ messages }).map(({ id }) => id);
    expect(found.toSorted()).toEqual([...about, ...besides].toSorted());
    expect(findingsOf({ messages: [...anonymised(messages, 'salt')] }).map(({ id }) => id)).toEqual(found);
  });
});
