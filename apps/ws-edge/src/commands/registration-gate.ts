import { entryOf, type Protocol, type Registration, type Tolerance } from '@ocpp-gw/ocpp-j';

/** Why a CALL may not be sent to a station in this state; null: it may (notes 2.9). */
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
    // Chargers that boot only at power-up were accepted before we knew them.
    case null:
      return tolerance === 'lenient' ? null : 'the station has not booted yet';
  }
}
