import type { SigningAnswer, SigningQuery } from '@ocpp-gw/ocpp-j';
import type { ChargePoints } from '@ocpp-gw/persistence';
import { checkSigningRequest } from './signing-request.ts';

/** Whether a station may have the certificate that it asks for (whitepaper A02, OCPP 2.0.1 A02 and A03). */
export class SigningRequests {
  private readonly points: Pick<ChargePoints, 'find' | 'isNameOfAnother'>;

  constructor(points: Pick<ChargePoints, 'find' | 'isNameOfAnother'>) {
    this.points = points;
  }

  async check(cpId: string, { csr, use }: SigningQuery): Promise<SigningAnswer> {
    const answer = checkSigningRequest(csr);
    if (!answer.ok) return answer;
    const reason = await this.nameObjection(cpId, answer.key.commonName, use);
    return reason === null ? answer : { ok: false, reason };
  }

  /** A certificate lets in whoever it names, so it must name nobody else; the serial number is the station's own word. */
  private async nameObjection(cpId: string, name: string, use: SigningQuery['use']): Promise<string | null> {
    if (isSame(name, cpId)) return null;
    if (await this.points.isNameOfAnother(cpId, name)) return `the common name ${name} is that of another charge point`;
    // The name of a SECC is that of ISO 15118 (ISO15118Ctrlr.SeccId), which is nothing that we know.
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
