import { outboundCommands, type OutboundCommands, type PayloadRules } from '@ocpp-gw/ocpp-j';
import type { Messages } from '#generated/messages.d.ts';
import { thoroughValidators } from '#generated/thorough-validators.js';

export const rules: PayloadRules = {
  validators: thoroughValidators,
  /** Decimals, and data that only the caller and the vendor understand. */
  unbounded: new Set(['customData', 'data', 'limit', 'minChargingRate', 'startValue', 'totalCost', 'value']),
};

export const { outbound, outboundBy }: OutboundCommands<Messages> = outboundCommands<Messages>(rules);
