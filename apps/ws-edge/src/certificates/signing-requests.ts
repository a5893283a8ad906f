import type { SigningAnswer, SigningQuery } from '@ocpp-gw/ocpp-j';
import type { ChargePoints } from '@ocpp-gw/persistence';
import { checkSigningRequest } from './signing-request.ts';

/**
 * Decides whether a charge point may have the certificate that it requests (whitepaper A02, OCPP 2.0.1 A02 and A03).
 */
export class SigningRequests {
  constructor(private readonly points: Pick<ChargePoints, 'find' | 'isNameOfAnother'>) {}

  async check(cpId: string, { csr, use }: SigningQuery): Promise<SigningAnswer> {
    const answer = checkSigningRequest(csr);
    if (!answer.ok) return answer;
    const reason = await this.nameObjection(cpId, answer.key.commonName, use);
    return reason === null ? answer : { ok: false, reason };
  }

  /**
   * A certificate authenticates whoever it names, so it must not name another charge point. The serial number is only a
   * claim.
   */
  private async nameObjection(cpId: string, name: string, use: SigningQuery['use']): Promise<string | null> {
    if (isSame(name, cpId)) return null;
    if (await this.points.isNameOfAnother(cpId, name)) return `the common name ${name} is that of another charge point`;
    // The common name of a SECC is its ISO 15118 id (ISO15118Ctrlr.SeccId), which the gateway does not know.
    if (use === 'V2G') return null;
    const serialNumber = (await this.points.find(cpId))?.serialNumber;
    if (serialNumber && isSame(name, serialNumber)) return null;
    return (
      `the common name ${name} is neither the identity ${cpId} nor the serial number that the charge point booted with` +
      (serialNumber ? ` (${serialNumber})` : '')
    );
  }
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
