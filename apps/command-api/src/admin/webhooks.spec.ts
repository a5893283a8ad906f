import { describe, expect, it } from '@jest/globals';
import type { Logger } from '@ocpp-gw/service-kit';
import { webhookFakes } from '../testdata/webhooks.ts';
import { WebhookTargets } from './webhook-targets.ts';
import { WebhookAdmin } from './webhooks.ts';

const logger: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => logger };

describe('a test of a webhook', () => {
  it('is a problem when no dispatcher sends it', async () => {
    const fakes = webhookFakes();
    fakes.tests.get.mockResolvedValue(null);
    const sut = new WebhookAdmin({
      ...fakes,
      targets: new WebhookTargets(false),
      logger,
      testWithinMs: { begun: 300, ended: 300 },
    });
    await expect(sut.test('billing')).rejects.toMatchObject({ kind: 'webhook-test-unanswered' });
  });
});

describe('WebhookTargets', () => {
  it.each([
    ['a public name', ['1.1.1.1'], false],
    ['a name with both', ['10.0.0.1', '1.1.1.1'], false],
    ['a private name', ['10.0.0.1', 'fd00::1'], true],
    ['a name that is not there yet', [], false],
  ])('of %s', async (_, addresses, refused) => {
    const sut = new WebhookTargets(false, () => Promise.resolve(addresses));
    const check = sut.check('https://hooks.example.com/');
    await (refused ? expect(check).rejects.toMatchObject({ kind: 'invalid-body' }) : check);
  });

  it('takes a name that cannot be resolved, and all where private ones are allowed', async () => {
    await new WebhookTargets(false, () => Promise.reject(new Error('ENOTFOUND'))).check('https://a.example/');
    await new WebhookTargets(true, () => Promise.resolve(['10.0.0.1'])).check('http://10.0.0.1/');
  });
});
