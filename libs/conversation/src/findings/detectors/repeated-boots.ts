import { payloadOf } from '../../frame.ts';
import type { Exchange } from '../../overview/exchanges.ts';
import { callsOf } from '../../overview/overview.ts';
import { type Detector, duration } from '../detector.ts';
import { burstsOf } from './bursts.ts';

/** Commands of ours after which a charge point boots. */
const CAUSES = ['Reset', 'UpdateFirmware', 'SignedUpdateFirmware'];
const EXPLAINED_MS = 600_000;

export const repeatedBoots: Detector = {
  kind: 'repeated-boots',
  *find(overview, { repeatedBoots: many, repeatedBootsWithinS: withinS }) {
    const at = ({ call }: Exchange) => call.message.at;
    // A Pending station has to boot again, and so has one that got no answer.
    const accepted = callsOf(overview, 'in', 'BootNotification').filter(
      ({ answer }) => answer && payloadOf(answer.message)['status'] === 'Accepted',
    );
    for (const burst of burstsOf(withoutCause(accepted, callsOf(overview, 'out', ...CAUSES)), { at, many, withinS })) {
      const [from, to] = [at(burst[0] as Exchange), at(burst.at(-1) as Exchange)];
      yield {
        at: from,
        until: to,
        frames: burst.map(({ call }) => call),
        detail: `${burst.length} boots within ${duration(to.getTime() - from.getTime())}`,
        count: burst.length,
      };
    }
  },
};

/** Leaves out the first boot after each command that causes one. */
function withoutCause(boots: readonly Exchange[], causes: readonly Exchange[]): Exchange[] {
  let next = 0;
  return boots.filter(({ call }) => {
    let cause: Exchange | undefined;
    for (; (causes[next]?.call.index ?? Infinity) < call.index; next += 1) cause = causes[next];
    return !cause || call.message.at.getTime() - cause.call.message.at.getTime() > EXPLAINED_MS;
  });
}
