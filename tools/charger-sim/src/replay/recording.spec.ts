import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isWhole, recordingOf } from './recording.ts';
import { line, lines } from './testdata/lines.ts';

const BOOT = line('in', [2, '1', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }]);
const ACCEPTED = line('out', [3, '1', { status: 'Accepted', currentTime: '2026-11-01T10:00:00.000Z', interval: 300 }]);

const SCENARIOS = resolve(import.meta.dirname, '../../../../libs/conversation/src/testdata/debugkit');

describe('a recording', () => {
  it('has the CALLs of both sides in order, each with its answer and its line', () => {
    const { cpId, version, steps } = recordingOf(
      `\n${lines(BOOT, ACCEPTED, line('out', [2, 'a', 'Reset', { type: 'Soft' }]), line('in', [3, 'a', { status: 'Accepted' }]))}`,
    );
    expect([cpId, version]).toEqual(['CP1', '1.6']);
    expect(
      steps.map(({ frame, isLast, exchange: { call, answer } }) => [
        frame,
        call.message.action,
        answer?.message.kind,
        isLast,
      ]),
    ).toEqual([
      [2, 'BootNotification', 'call_result', false],
      [4, 'Reset', 'call_result', false],
    ]);
  });

  it('may be a list of events that names no charge point', () => {
    const events = [
      { timestamp: '2026-11-01T10:00:00Z', direction: 'CS_TO_CSMS', message: [2, '1', 'Heartbeat', {}] },
      { timestamp: '2026-11-01T10:00:01Z', direction: 'CS_TO_CSMS', message: [2, '2', 'TransactionEvent', {}] },
    ];
    expect(recordingOf(JSON.stringify({ events }))).toMatchObject({ cpId: '', version: '2.0.1' });
  });

  it.each(globSync('*.jsonl', { cwd: SCENARIOS }))('may be the scenario %s of another tool', (file) => {
    const { steps } = recordingOf(readFileSync(join(SCENARIOS, file), 'utf8'));
    expect(steps.every(isWhole)).toBe(true);
  });

  it('knows which frames were cut', () => {
    const cut = line('in', [2, '1', 'DataTransfer', {}], { raw: '[2,"1","DataTransfer",{"data":"aa' });
    expect(recordingOf(lines(BOOT, cut)).steps.map(isWhole)).toEqual([true, false]);
  });

  it.each([
    [
      'another charge point',
      lines(BOOT, line('in', [2, '2', 'Heartbeat', {}], { cpId: 'CP2' })),
      'line 2: chargePointId',
    ],
    [
      'another version',
      lines(BOOT, line('in', [2, '2', 'Heartbeat', {}], { protocol: '2.0.1' })),
      'line 2: ocppVersion',
    ],
    ['a version that nobody speaks here', lines({ ...BOOT, protocol: '2.1' }), 'only OCPP 1.6 and 2.0.1'],
    ['no CALL of the charge point', lines(line('out', [2, 'a', 'Reset', { type: 'Soft' }])), 'record one first'],
    ['nothing', '', 'record one first'],
    ['no JSON', `${lines(BOOT)}hello`, 'line 2: is no JSON'],
  ])('with %s is refused with what to do', (_, text, fault) => {
    expect(() => recordingOf(text)).toThrow(fault);
  });
});
