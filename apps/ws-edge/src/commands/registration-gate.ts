import { entryOf, type Protocol, type Registration, type Tolerance } from '@ocpp-gw/ocpp-j';

/** Why a CALL may not be sent to a charge point in this state; null when it may (notes 2.9). */
export function registrationObjection(
  { requests }: Pick<Protocol, 'requests'>,
  registration: Registration['status'] | null,
  tolerance: Tolerance,
  action: string,
): string | null {
  switch (registration) {
    case 'Accepted':
      return null;
    case 'Pending':
      return entryOf(requests, action)?.waitsForAcceptance
        ? `the station is Pending: ${action} has to wait until it is Accepted`
        : null;
    // Errata of 2.0.1, B03.FR.03: the CSMS initiates nothing.
    case 'Rejected':
      return 'the station is Rejected: nothing may be sent to it';
    // A charge point that boots only at power-up may have been accepted before it connected here.
    case null:
      return tolerance === 'lenient' ? null : 'the station has not booted yet';
  }
}
