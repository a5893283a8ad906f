import type { Registration, Tolerance } from '@ocpp-gw/ocpp-j';

/** The actions of both versions that would start or stop charging on a charge point that is not accepted yet. */
const NOT_WHILE_PENDING: ReadonlySet<string> = new Set([
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'RequestStartTransaction',
  'RequestStopTransaction',
]);

/** Why a CALL may not be sent to a charge point in this state; null when it may (notes 2.9). */
export function registrationObjection(
  registration: Registration['status'] | null,
  tolerance: Tolerance,
  action: string,
): string | null {
  switch (registration) {
    case 'Accepted':
      return null;
    // 1.6 §4.2: while Pending no remote start or stop; 2.0.1 B02 likewise.
    case 'Pending':
      return NOT_WHILE_PENDING.has(action)
        ? `the station is Pending: ${action} has to wait until it is Accepted`
        : null;
    // 2.0.1 errata B03.FR.03: the CSMS initiates nothing.
    case 'Rejected':
      return 'the station is Rejected: nothing may be sent to it';
    // A charge point that boots only at power-up may have been accepted before it connected here.
    case null:
      return tolerance === 'lenient' ? null : 'the station has not booted yet';
  }
}
