import { redisKeys } from '@ocpp-gw/contracts';
import { actionOf, type CommandCaller } from '@ocpp-gw/redis';
import { inSpan, messagingSpan } from '@ocpp-gw/service-kit';

type Bus = Pick<CommandCaller, 'send' | 'attend'>;

/** A span for each command on the bus, until its reply. Its owner goes on with the trace. */
export function tracedBus(bus: Bus): Bus {
  return {
    attend: (...waiting) => bus.attend(...waiting),
    send: (cpId, command, options) =>
      inSpan(
        messagingSpan('send', {
          system: 'redis',
          destination: redisKeys.command('{cp_id}'),
          attributes: {
            'messaging.message.conversation_id': options.commandId,
            'ocpp.cp_id': cpId,
            'ocpp.command': command.kind,
            'ocpp.action': actionOf(command),
          },
        }),
        async (span) => {
          const { traceparent } = span ?? options;
          const ended = await bus.send(cpId, command, {
            ...options,
            ...(traceparent !== undefined && { traceparent }),
          });
          span?.set({ 'ocpp.outcome': ended.outcome.kind });
          return ended;
        },
      ),
  };
}
