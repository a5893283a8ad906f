import { describe, expect, it } from '@jest/globals';
import type { SigningSubscription } from '@ocpp-gw/persistence';
import { ConfigError, type Logger } from '@ocpp-gw/service-kit';
import { SubscriptionFeed } from './subscription-feed.ts';
import { Subscriptions } from './subscriptions.ts';

const at = new Date(0);
const read = (
  name: string,
  changes: Partial<SigningSubscription['subscription']> = {},
  secrets = [{ value: 'whsec_A', until: null }],
): SigningSubscription => ({
  subscription: {
    name,
    source: 'api',
    url: 'https://a.b',
    events: ['*'],
    ordered: true,
    state: 'active',
    stateReason: null,
    stateChangedAt: at,
    previousSecretUntil: null,
    createdAt: at,
    updatedAt: at,
    ...changes,
  },
  secrets,
});

const DECLARED = { name: 'declared', url: 'https://c.d', events: ['tx.*'], secrets: ['whsec_C'], ordered: false };

function setUp(rows: SigningSubscription[], taken: string[] = []) {
  const lines: string[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message) => void lines.push(message),
    child: () => logger,
  };
  const subscriptions = new Subscriptions();
  const store = { fingerprint: 'one', rows, reads: 0, changes: 0 };
  const sut = new SubscriptionFeed({
    configured: [DECLARED],
    store: {
      fingerprint: () => Promise.resolve(store.fingerprint),
      allWithSecrets: () => Promise.resolve(store.rows).finally(() => (store.reads += 1)),
      mirrorConfigured: () => Promise.resolve(taken),
    },
    subscriptions,
    changed: () => (store.changes += 1),
    logger,
  });
  return { sut, store, subscriptions, lines };
}

describe('SubscriptionFeed', () => {
  it('has those of the configuration with their state, and those of REST', async () => {
    const ours = read('declared', { source: 'configuration', url: 'https://old', state: 'paused' }, []);
    const { sut, subscriptions } = setUp([ours, read('managed')]);
    await sut.start();
    expect(subscriptions.all).toEqual([
      { ...DECLARED, state: 'paused', secrets: [{ value: 'whsec_C', until: null }] },
      expect.objectContaining({ name: 'managed', state: 'active' }),
    ]);
  });

  it('leaves out what another configuration declares', async () => {
    const { sut, subscriptions } = setUp([read('foreign', { source: 'configuration' }, [])]);
    await sut.start();
    expect(subscriptions.all.map(({ name }) => name)).toEqual(['declared']);
  });

  it('reads them again only when they have changed', async () => {
    const { sut, store, subscriptions } = setUp([read('managed')]);
    await sut.start();
    await sut.refresh();
    expect([store.reads, store.changes]).toEqual([1, 1]);
    store.fingerprint = 'two';
    store.rows = [];
    await sut.refresh();
    expect([store.reads, store.changes]).toEqual([2, 2]);
    expect(subscriptions.get('managed')).toBeUndefined();
  });

  it('does not start where a name is that of a subscription of REST', async () => {
    const { sut } = setUp([], ['declared']);
    await expect(sut.start()).rejects.toThrow(ConfigError);
    await expect(sut.start()).rejects.toThrow(/EVEYS_OCPP_WEBHOOKS at 0\.name: "declared" is the name/);
  });

  it('sends nothing to one whose secrets cannot be decrypted, and says so', async () => {
    const { sut, subscriptions, lines } = setUp([read('managed', {}, [])]);
    await sut.start();
    expect(subscriptions.isActive('managed')).toBe(false);
    expect(lines).toEqual(['webhook subscription has no secret that this process can decrypt']);
  });
});
