import { describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { PrivateTargetError } from './errors.ts';
import { createTargetAgent } from './target-agent.ts';

describe('createTargetAgent', () => {
  it('refuses a name that has private addresses only, and says what allows it', async () => {
    const resolve = () => Promise.resolve([{ address: '10.0.0.1', family: 4 }]);
    const dispatcher = createTargetAgent({ allowPrivate: false, timeoutMs: 1000, resolve });
    const asked = request('http://host.example/', { dispatcher });
    await expect(asked).rejects.toBeInstanceOf(PrivateTargetError);
    await expect(asked).rejects.toThrow(
      /host\.example \(10\.0\.0\.1\) is no public address.*EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS/,
    );
    await dispatcher.destroy();
  });
});
