import { outboundCommands, type OutboundCommands, type PayloadRules } from '@ocpp-gw/ocpp-j';
import type { Messages } from '#generated/messages.d.ts';
import { thoroughValidators } from '#generated/thorough-validators.js';

export const rules: PayloadRules = { validators: thoroughValidators };

export const { outbound }: OutboundCommands<Messages> = outboundCommands<Messages>(rules);
