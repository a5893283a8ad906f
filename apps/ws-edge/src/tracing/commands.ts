import { redisKeys } from '@ocpp-gw/contracts';
import { inSpan, messagingSpan } from '@ocpp-gw/service-kit';
import type { CommandExecutor } from '../commands/command-executor.ts';
import type { Session } from '../session/session.ts';
import type { RemoteStartTraces } from './remote-starts.ts';

type CarryOut = CommandExecutor['carryOut'];

/** A span for each command from the bus, in the trace of whoever sent it. */
export function tracedCommands(
  carryOut: CarryOut,
  session: (cpId: string) => Session | undefined,
  remoteStarts: RemoteStartTraces,
): CarryOut {
  return (envelope, gone) => {
    const { cpId, command, requestId: commandId } = envelope;
    return inSpan(
      {
        ...messagingSpan('process', {
          system: 'redis',
          destination: redisKeys.command('{cp_id}'),
          attributes: {
            'messaging.message.conversation_id': commandId,
            'ocpp.cp_id': cpId,
            'ocpp.command': command.kind,
          },
        }),
        parent: envelope.traceparent ?? null,
        links: [session(cpId)?.peer.traceparent],
      },
      async (span) => {
        const { traceparent } = span ?? envelope;
        if (command.kind === 'RemoteStart' && traceparent !== undefined)
          remoteStarts.keep(cpId, command.remoteStartId, traceparent);
        const answer = await carryOut({ ...envelope, traceparent }, gone);
        span?.set({ 'ocpp.outcome': answer?.outcome.kind ?? 'carried out elsewhere' });
        return answer;
      },
    );
  };
}
