import { FrameTemplate } from '@ocpp-gw/bench';
import type { Version } from '../plan/fleet.ts';

/** What a charger can send, by what it is; filled in when it is sent. */
export interface Templates {
  boot: Template;
  available: Template;
  occupied: Template;
  heartbeat: Template;
  /** Readings without a transaction. */
  meter: Template;
  start: Template;
  /** Readings of the transaction. */
  update: Template;
  stop: Template;
}

/** A frame, and what it goes by in the report. */
export interface Template {
  label: string;
  frame: FrameTemplate;
}

/** The token of every driver; the backend accepts it. */
const ID_TOKEN = 'LOAD-TEST';

const call = (action: string, payload: string, label = action): Template => ({
  label,
  frame: new FrameTemplate(`[2,"<id>","${action}",${payload}]`),
});

// OCPP 1.6: values are strings, and Wh is the unit of a register where none is named.
const sample16 = (value: string, measurand: string, unit: string, context: string): string =>
  `{"value":"${value}","context":"${context}","measurand":"${measurand}","unit":"${unit}"}`;

const samples16 = (context: string): string =>
  [
    sample16('<register>', 'Energy.Active.Import.Register', 'Wh', context),
    sample16('11040', 'Power.Active.Import', 'W', context),
    sample16('16.0', 'Current.Import', 'A', context),
    sample16('48', 'SoC', 'Percent', context),
  ].join(',');

const status16 = (status: string): Template =>
  call('StatusNotification', `{"connectorId":1,"errorCode":"NoError","status":"${status}","timestamp":"<time>"}`);

const meter16 = (transaction: string, context: string): Template =>
  call(
    'MeterValues',
    `{"connectorId":1,${transaction}"meterValue":[{"timestamp":"<time>","sampledValue":[${samples16(context)}]}]}`,
  );

const TEMPLATES_16: Templates = {
  boot: call('BootNotification', '{"chargePointVendor":"Load","chargePointModel":"Test","firmwareVersion":"1.0"}'),
  available: status16('Available'),
  occupied: status16('Charging'),
  heartbeat: call('Heartbeat', '{}'),
  meter: meter16('', 'Sample.Clock'),
  start: call(
    'StartTransaction',
    `{"connectorId":1,"idTag":"${ID_TOKEN}","meterStart":<register>,"timestamp":"<time>"}`,
  ),
  update: meter16('"transactionId":<transaction>,', 'Sample.Periodic'),
  stop: call(
    'StopTransaction',
    `{"transactionId":<transaction>,"idTag":"${ID_TOKEN}","meterStop":<register>,"timestamp":"<time>","reason":"Local"}`,
  ),
};

// OCPP 2.0.1: values are numbers.
const sample201 = (value: string, measurand: string, context: string, unit = ''): string =>
  `{"value":${value},"context":"${context}","measurand":"${measurand}"${unit && `,"unitOfMeasure":{"unit":"${unit}"}`}}`;

const samples201 = (context: string): string =>
  [
    sample201('<register>', 'Energy.Active.Import.Register', context),
    sample201('11040', 'Power.Active.Import', context, 'W'),
    sample201('16.0', 'Current.Import', context, 'A'),
    sample201('48', 'SoC', context, 'Percent'),
  ].join(',');

const meterValue201 = (samples: string): string => `"meterValue":[{"timestamp":"<time>","sampledValue":[${samples}]}]`;

const status201 = (status: string): Template =>
  call('StatusNotification', `{"timestamp":"<time>","connectorStatus":"${status}","evseId":1,"connectorId":1}`);

/** A start and an end carry the register alone. */
const event201 = (type: string, trigger: string, samples: string, info: string, more = ''): Template =>
  call(
    'TransactionEvent',
    `{"eventType":"${type}","timestamp":"<time>","triggerReason":"${trigger}","seqNo":<seqNo>,` +
      `"transactionInfo":{"transactionId":"<session>",${info}},${more}${meterValue201(samples)}}`,
    `TransactionEvent ${type}`,
  );

const ID_TOKEN_201 = `"idToken":{"idToken":"${ID_TOKEN}","type":"ISO14443"},`;
const register201 = (context: string): string => sample201('<register>', 'Energy.Active.Import.Register', context);

const TEMPLATES_201: Templates = {
  boot: call(
    'BootNotification',
    '{"reason":"PowerUp","chargingStation":{"vendorName":"Load","model":"Test","firmwareVersion":"1.0"}}',
  ),
  available: status201('Available'),
  occupied: status201('Occupied'),
  heartbeat: call('Heartbeat', '{}'),
  meter: call('MeterValues', `{"evseId":1,${meterValue201(samples201('Sample.Clock'))}}`),
  start: event201(
    'Started',
    'Authorized',
    register201('Transaction.Begin'),
    '"chargingState":"Charging"',
    `"evse":{"id":1,"connectorId":1},${ID_TOKEN_201}`,
  ),
  update: event201('Updated', 'MeterValuePeriodic', samples201('Sample.Periodic'), '"chargingState":"Charging"'),
  stop: event201('Ended', 'StopAuthorized', register201('Transaction.End'), '"stoppedReason":"Local"', ID_TOKEN_201),
};

export const TEMPLATES: Readonly<Record<Version, Templates>> = { '1.6': TEMPLATES_16, '2.0.1': TEMPLATES_201 };
