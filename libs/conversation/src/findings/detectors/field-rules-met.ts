import type { Detector } from '../detector.ts';

export const fieldRulesMet: Detector = {
  kind: 'field-rules-met',
  *find({ conversation: { deviations = [] } }) {
    for (const { rule, action, count, firstAt, lastAt } of deviations)
      yield {
        at: firstAt,
        until: lastAt,
        frames: [],
        detail: action === undefined ? `rule ${rule}` : `rule ${rule} in ${action}`,
        count,
      };
  },
};
