/** Thrown when a subscription's URL leads to an address that is not on the public internet (SSRF). */
export class PrivateTargetError extends Error {
  override readonly name = 'PrivateTargetError';
  readonly retriable = true;
  constructor(host: string, address: string) {
    super(
      `${host === address ? address : `${host} (${address})`} is no public address: ` +
        'set EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS=true to allow private targets',
    );
  }
}
