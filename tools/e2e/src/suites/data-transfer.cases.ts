import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BACKEND_PATHS, TOPICS } from '@ocpp-gw/contracts';
import type { FakeCharger } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';
import { readEvents } from '../events-seen.ts';
import type { Stack } from '../stack.ts';

const CP_ID = 'DATA-16';

/** What vendors send is answered by whom the operator has registered for it (1.6 section 4.3). */
export function dataTransferSuite(stack: () => Stack): void {
  let charger: FakeCharger;

  beforeAll(async () => {
    charger = await booted(stack().edgeUrls[0], CP_ID, 'ocpp1.6');
  });
  afterAll(() => charger?.close());

  it.each([
    ['a vendor nobody is registered for', { vendorId: 'com.example.nobody' }, { status: 'UnknownVendorId' }],
    [
      'a message of the vendor nobody is registered for',
      { vendorId: 'com.example.meters', messageId: 'Weather' },
      { status: 'UnknownMessageId' },
    ],
    [
      'a registered message, in any letter case of the vendor',
      { vendorId: 'COM.example.Meters', messageId: 'Calibration', data: '42' },
      { status: 'Accepted' },
    ],
  ])('answers %s', async (_, request, answer) => {
    expect(await charger.call('DataTransfer', request)).toEqual(answer);
  });

  describe('to a vendor that the backend answers for', () => {
    afterAll(() => stack().backend.setAnswer(BACKEND_PATHS.dataTransfer));

    it('is answered with the data of the backend', async () => {
      stack().backend.setAnswer(BACKEND_PATHS.dataTransfer, ({ data }) => ({
        body: { status: 'accepted', data: `heard ${String(data['data'])}` },
      }));
      const answer = await charger.call('DataTransfer', {
        vendorId: 'com.example.backend',
        messageId: 'x',
        data: 'hello',
      });
      expect(answer).toEqual({ status: 'Accepted', data: 'heard hello' });
    });
  });

  it('tells Kafka of what somebody was registered for, and of nothing else', async () => {
    const seen = await readEvents(stack().dataPlane.kafkaBrokers, [TOPICS.data], (all) =>
      [...all].some(
        ({ key, event }) =>
          key === CP_ID &&
          event.payload?.value &&
          'data' in event.payload.value &&
          event.payload.value.data === 'hello',
      ),
    );
    const published = seen.filter(({ key }) => key === CP_ID).map(({ event }) => event.payload?.value);
    expect(published).toEqual([
      { vendorId: 'COM.example.Meters', messageId: 'Calibration', data: '42', status: 'Accepted' },
      { vendorId: 'com.example.backend', messageId: 'x', data: 'hello', status: 'Accepted' },
    ]);
  });
}
