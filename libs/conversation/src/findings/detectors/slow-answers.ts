import { latencyOf } from '../../overview/exchanges.ts';
import { type Detector, duration } from '../detector.ts';

export const slowAnswers: Detector = {
  kind: 'slow-answers',
  *find({ exchanges }, { slowAnswerS }) {
    for (const exchange of exchanges) {
      const latencyMs = latencyOf(exchange);
      if (latencyMs === undefined || latencyMs <= slowAnswerS * 1000) continue;
      const { call, answer } = exchange;
      const side = call.message.direction === 'in' ? 'the gateway' : 'the charge point';
      const detail = `${side} took ${duration(latencyMs)} to answer ${call.message.action}`;
      yield { at: call.message.at, until: answer?.message.at ?? call.message.at, frames: [call, answer], detail };
    }
  },
};
