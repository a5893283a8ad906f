import { activeSpan, inSpan } from '@ocpp-gw/service-kit';
import type { Effects } from '../effects/index.ts';
import type { RemoteStartTraces } from './remote-starts.ts';

type Commits = Pick<Effects, 'commit'>;

/**
 * A span for each commit, whose context its events carry on. Where a remote start has led to a transaction, the CALL that reports the
 * transaction is linked to the command.
 */
export function tracedEffects(effects: Commits, remoteStarts: RemoteStartTraces): Commits {
  return {
    commit(station, decided, now, cause = {}) {
      if (decided.length === 0) return effects.commit(station, decided, now, cause);
      const call = activeSpan();
      return inSpan(
        {
          name: 'commit effects',
          // An answer to a command is read outside of the command's span.
          ...(!call && { parent: cause.traceparent ?? null }),
          attributes: {
            'db.system.name': 'postgresql',
            'ocpp.cp_id': station.cpId,
            'ocpp.effects': [...new Set(decided.map(({ kind }) => kind))],
          },
        },
        async (span) => {
          const committed = await effects.commit(station, decided, now, { ...cause, traceparent: span?.traceparent });
          for (const id of committed.remoteStarts) (call ?? span)?.link(remoteStarts.take(station.cpId, id));
          return committed;
        },
      );
    },
  };
}
