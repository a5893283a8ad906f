import { payloadOf, textAt } from '../../frame.ts';
import { factsOfKind } from '../../overview/overview.ts';
import { shapesOf } from '../../shapes.ts';
import type { Detector } from '../detector.ts';

export const invalidStopReason: Detector = {
  kind: 'invalid-stop-reason',
  *find(overview) {
    for (const { frame, effect } of factsOfKind(overview, 'transactionEnded')) {
      const request = shapesOf(overview.protocolOf(frame))[frame.message.action]?.request.properties ?? {};
      const reasons = (request['reason'] ?? request['transactionInfo']?.properties?.['stoppedReason'])?.enum;
      const payload = payloadOf(frame.message);
      const reason = (textAt(payload, 'reason') ?? textAt(payload, 'transactionInfo', 'stoppedReason') ?? '').trim();
      if (!reasons || reason === '' || reasons.some((each) => each.toLowerCase() === reason.toLowerCase())) continue;
      const detail = `session ${effect.transactionId} ended by ${reason}`;
      yield { at: frame.message.at, frames: [frame], detail };
    }
  },
};
