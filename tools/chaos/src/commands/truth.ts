import type { Difference } from '../reconciliation/facts.ts';
import type { KeptCommand, Transfer } from './facts.ts';

type Fault = Difference['fault'];

/** What the charger must have received and answered, by the end of the command as it is kept. */
export function faultsOfKept(kept: readonly KeptCommand[], received: readonly Transfer[]): Fault[] {
  const [command, ...others] = kept;
  if (others.length > 0) return ['doubled'];
  if (!command) return received.length > 0 ? ['lost'] : [];
  return isTrue(command, received) ? [] : [command.state === 'queued' || command.state === 'sent' ? 'open' : 'wrong'];
}

function isTrue({ state, problem }: KeptCommand, received: readonly Transfer[]): boolean {
  const answers = received.map(({ answered }) => answered);
  switch (state) {
    case 'accepted':
      return answers.includes('Accepted');
    case 'rejected':
      return answers.includes('Rejected');
    case 'callerror':
      return answers.includes('CALLERROR');
    // Nobody knows whether it was carried out.
    case 'timeout':
      return true;
    case 'disconnected':
      return problem === 'charge-point-disconnected' || received.length === 0;
    case 'expired':
    case 'refused':
    case 'cancelled':
      return received.length === 0;
    default:
      return false;
  }
}
