import { factsOfKind } from '../../overview/overview.ts';
import type { Detector } from '../detector.ts';

export const connectorFault: Detector = {
  kind: 'connector-fault',
  *find(overview) {
    for (const { frame, effect } of factsOfKind(overview, 'connectorStatus')) {
      if (effect.status.toLowerCase() !== 'faulted') continue;
      const place = effect.evseId === 0 ? 'the charge point' : `EVSE ${effect.evseId} connector ${effect.connectorId}`;
      const code = effect.errorCode === undefined || effect.errorCode === 'NoError' ? '' : `: ${effect.errorCode}`;
      yield { at: frame.message.at, frames: [frame], detail: `${place} is Faulted${code}` };
    }
    for (const { frame, effect } of factsOfKind(overview, 'stationEvents'))
      for (const { component, variable, actualValue, cleared } of effect.events)
        if (variable.name.toLowerCase() === 'problem' && actualValue.toLowerCase() === 'true' && !cleared)
          yield { at: frame.message.at, frames: [frame], detail: `component ${component.name} reports a problem` };
  },
};
