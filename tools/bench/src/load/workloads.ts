import { FrameTemplate } from './frame-template.ts';

const call = (action: string, payload: string): FrameTemplate => new FrameTemplate(`[2,"<id>","${action}",${payload}]`);

const status = (connectorId: number, value: string): FrameTemplate =>
  call(
    'StatusNotification',
    `{"connectorId":${connectorId},"errorCode":"NoError","status":"${value}","timestamp":"<time>"}`,
  );

const start = (connectorId: number): FrameTemplate =>
  call('StartTransaction', `{"connectorId":${connectorId},"idTag":"BENCH","meterStart":1000,"timestamp":"<time>"}`);

const sample = (measurand: string, value: string, unit: string, phase = ''): string =>
  `{"value":"${value}","context":"Sample.Periodic","measurand":"${measurand}",` +
  `${phase && `"phase":"${phase}",`}"location":"Outlet","unit":"${unit}"}`;

const SAMPLES = [
  sample('Energy.Active.Import.Register', '123456', 'Wh'),
  sample('Power.Active.Import', '11040', 'W'),
  ...['L1', 'L2', 'L3'].map((phase) => sample('Current.Import', '16.0', 'A', phase)),
  sample('Voltage', '230', 'V', 'L1-N'),
  sample('SoC', '48', 'Percent'),
].join(',');

const meterValues = (connectorId: number): FrameTemplate =>
  call(
    'MeterValues',
    `{"connectorId":${connectorId},"transactionId":<transaction>,"meterValue":[{"timestamp":"<time>","sampledValue":[${SAMPLES}]}]}`,
  );

const stop = call(
  'StopTransaction',
  '{"transactionId":<transaction>,"idTag":"BENCH","meterStop":2000,"timestamp":"<time>","reason":"Local"}',
);

const heartbeat = call('Heartbeat', '{}');

/** No recorded frame may hold it. */
export const SECRET = 'bench-secret-7Qx';

const dataTransfer = call('DataTransfer', `{"vendorId":"Bench","data":"{\\"password\\":\\"${SECRET}\\"}"}`);

export function identitiesOf(chargers: number): string[] {
  return Array.from({ length: chargers }, (_, n) => `BENCH-${String(n + 1).padStart(4, '0')}`);
}

/** After a connect: the boot, and a transaction on connector 2 for the MeterValues that are sent outside a session. */
export const OPENING: readonly FrameTemplate[] = [
  call('BootNotification', '{"chargePointVendor":"Bench","chargePointModel":"Raw socket","firmwareVersion":"1.0"}'),
  start(2),
];

/** 9 of 17 messages are MeterValues: the mix of the measured peers. */
const METER_VALUES_OF_A_SESSION = 9;

/** Each is done whole, over and over; the CALLs of one charger follow each other's answers. */
export const WORKLOADS = {
  Heartbeat: [heartbeat],
  StatusNotification: [status(1, 'Preparing'), status(1, 'Available')],
  MeterValues: [meterValues(2)],
  DataTransfer: [dataTransfer],
  session: [
    status(1, 'Preparing'),
    call('Authorize', '{"idTag":"BENCH"}'),
    start(1),
    status(1, 'Charging'),
    ...Array.from({ length: METER_VALUES_OF_A_SESSION }, () => meterValues(1)),
    heartbeat,
    stop,
    status(1, 'Finishing'),
    status(1, 'Available'),
  ],
} as const satisfies Record<string, readonly FrameTemplate[]>;

export type WorkloadName = keyof typeof WORKLOADS;
