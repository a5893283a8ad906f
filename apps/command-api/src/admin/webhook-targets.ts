import { lookup } from 'node:dns/promises';
import { isPublicAddress, literalAddress } from '@ocpp-gw/egress';
import { ProblemError } from '../problems/problem-error.ts';

const RESOLVED_WITHIN_MS = 3_000;

type Resolve = (host: string) => Promise<string[]>;

const resolveAll: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/**
 * Refuses a URL whose host is at private addresses only, so that the operator learns it at once. The dispatcher checks the address
 * that it connects to in any case; a name that cannot be resolved here is left to it.
 */
export class WebhookTargets {
  constructor(
    private readonly allowPrivate: boolean,
    private readonly resolve: Resolve = resolveAll,
  ) {}

  /** @throws ProblemError */
  async check(url: string): Promise<void> {
    if (this.allowPrivate) return;
    const { hostname } = new URL(url);
    const literal = literalAddress(hostname);
    const addresses = literal === undefined ? await this.addressesOf(hostname) : [literal];
    const [address] = addresses;
    if (address === undefined || addresses.some(isPublicAddress)) return;
    throw new ProblemError('invalid-body', {
      errors: [
        {
          pointer: '/url',
          message:
            `${literal === undefined ? `${hostname} (${address})` : address} is no public address: ` +
            'set EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS=true in command-api and webhook-dispatcher to allow private targets',
        },
      ],
    });
  }

  private async addressesOf(host: string): Promise<string[]> {
    const late = new Promise<string[]>((resolve) => setTimeout(() => resolve([]), RESOLVED_WITHIN_MS).unref());
    return Promise.race([this.resolve(host).catch(() => []), late]);
  }
}
