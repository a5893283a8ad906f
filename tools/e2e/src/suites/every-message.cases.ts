import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issue, makeCa, signCsr, type Authority } from '@ocpp-gw/testing';
import { GatewayClient } from '../grpc-client.ts';
import { OutsideCharger, installOutsideCharger } from '../outside-charger.ts';
import { TOKEN, rest, type Stack } from '../stack.ts';

export interface Asked {
  action: string;
  /** REST: the last segment of the route. */
  command: string;
  body: Record<string, unknown>;
  /** gRPC: the fields that are enums there. */
  enums?: Record<string, unknown>;
  /** What the outside charger is asked, as PyPI's `ocpp` hands it over. */
  asks: Record<string, unknown>;
  /** The fields of the answer besides the status. */
  returns?: Record<string, unknown>;
  status?: string;
}

export interface EveryMessage {
  /** As in the titles that the conformance matrix looks for. */
  version: string;
  /** Of outside/. */
  script: string;
  cpId: string;
  /** Action and what the gateway answers. */
  inbound: readonly (readonly [string, Record<string, unknown>])[];
  commands: readonly Asked[];
}

/** Stand in the bodies for certificates that are made when the stack runs. */
export const [ROOT, SIGNER, CHAIN] = ['<root>', '<signer>', '<chain>'];
export const A_CERTIFICATE: unknown = expect.stringContaining('BEGIN CERTIFICATE');

/** PyPI's `ocpp` sends every inbound action and answers every outbound one, over REST and over gRPC alike. */
export function everyMessageSuite(
  stack: () => Stack,
  { version, script, cpId, inbound, commands }: EveryMessage,
): void {
  const certificates = new Map<unknown, string>();
  let charger: OutsideCharger;
  let grpc: GatewayClient;

  /** The chain must be for the key of the charger's own request. */
  async function makeCertificates(): Promise<void> {
    const ca: Authority = await makeCa({ cn: 'Outside root' });
    const { body } = await rest(stack(), 'GET', `/charge-points/${cpId}/certificate-signings`);
    const [request] = body['items'] as { csr: string }[];
    if (!request) throw new Error('the signing request of the charger is not listed');
    certificates.set(ROOT, ca.cert);
    certificates.set(SIGNER, (await issue({ cn: 'Firmware signer', ca })).cert);
    certificates.set(CHAIN, await signCsr({ csr: request.csr, ca }));
  }

  const completed = (given: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, certificates.get(value) ?? value]));

  beforeAll(async () => {
    await installOutsideCharger();
    charger = new OutsideCharger(script, stack().edgeUrls[0], cpId);
    await charger.reached('done');
    await makeCertificates();
    grpc = new GatewayClient(stack().grpcAddress);
  }, 180_000);

  afterAll(() => {
    grpc?.close();
    charger?.kill();
  });

  it.each(inbound)(`${version} outside charger sends %s`, async (action, answer) => {
    expect(await charger.reached(`sent ${action}`)).toMatchObject(answer);
  });

  describe.each(commands)(
    `${version} outside charger answers $action`,
    ({ action, command, body, enums, asks, returns, status }) => {
      it('to a REST command', async () => {
        const answer = await rest(stack(), 'POST', `/charge-points/${cpId}/commands/${command}`, completed(body));
        expect(answer).toMatchObject({ status: 200, body: { action, status: status ?? 'Accepted', ...returns } });
        expect(await charger.reached(`answered ${action}`)).toMatchObject(asks);
      });

      it('to a gRPC call', async () => {
        const answer = await grpc.call(pascal(command), { cp_id: cpId, ...completed({ ...body, ...enums }) }, TOKEN);
        expect(answer).toMatchObject({ status: status ?? 'Accepted', ...returns });
        expect(await charger.reached(`answered ${action}`, 2)).toMatchObject(asks);
      });
    },
  );
}

function pascal(command: string): string {
  return command.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());
}
