import { describe, expect, it } from '@jest/globals';
import { FrameReader } from '@ocpp-gw/bench';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import { TEMPLATES, type Templates } from './templates.ts';

const VALUES = {
  id: '12',
  time: '2026-12-01T10:00:00.000Z',
  transaction: '77',
  register: '1000500',
  seqNo: '3',
  session: '1-7',
};

/** The text of a client's frame whose key is zero. */
function textOf(frame: Buffer): string {
  const bytes = Buffer.from(frame);
  bytes.writeUInt8(bytes.readUInt8(1) & 0x7f, 1);
  const header = bytes.readUInt8(1) < 126 ? 2 : 4;
  const server = Buffer.concat([bytes.subarray(0, header), bytes.subarray(header + 4)]);
  return String(new FrameReader().read(server)[0]?.payload);
}

const each = (Object.keys(TEMPLATES) as (keyof typeof TEMPLATES)[]).flatMap((version) =>
  Object.entries(TEMPLATES[version]).map(([name, template]) => ({ version, name, template })),
);

describe('templates', () => {
  it.each(each)('$version $name is a valid CALL', ({ version, template }) => {
    const [type, id, action, payload] = JSON.parse(textOf(template.frame.fill(VALUES))) as [
      number,
      string,
      string,
      object,
    ];
    expect([type, id]).toEqual([2, '0000000012']);
    expect(template.label.split(' ')[0]).toBe(action);
    const { validateRequest } = version === '1.6' ? ocpp16 : ocpp201;
    expect(validateRequest(action, payload, 'strict')).toMatchObject({ ok: true });
  });

  it('carry what they are filled in with', () => {
    const texts = (templates: Templates): string => textOf(templates.stop.frame.fill(VALUES));
    expect(JSON.parse(texts(TEMPLATES['1.6']))[3]).toMatchObject({ transactionId: 77, meterStop: 1_000_500 });
    expect(JSON.parse(texts(TEMPLATES['2.0.1']))[3]).toMatchObject({
      seqNo: 3,
      transactionInfo: { transactionId: '000000000000000001-7' },
      meterValue: [{ sampledValue: [{ value: 1_000_500 }] }],
    });
  });

  it('are about as long as those of real chargers, in the mix of a day', () => {
    const bytes = (name: keyof Templates): number =>
      (TEMPLATES['1.6'][name].frame.fill(VALUES).length + TEMPLATES['2.0.1'][name].frame.fill(VALUES).length) / 2;
    const mean =
      (2 * bytes('heartbeat') +
        2 * bytes('available') +
        2 * bytes('meter') +
        2 * bytes('update') +
        bytes('start') +
        bytes('stop')) /
      10;
    expect(mean).toBeGreaterThan(250);
    expect(mean).toBeLessThan(350);
  });
});
