import type { Payload, Sending } from '../message.ts';
import { type Misbehaviour, type Script, rewritten, send } from './misbehaviour.ts';
import {
  type MeterValue,
  REGISTER,
  type Sample,
  hasReadings,
  thousandth,
  withRegisters,
  withSamples,
  written,
} from './samples.ts';

const IDLE_WH = 1500;
const PHASES = ['L1', 'L2', 'L3'] as const;

type Rewrite = NonNullable<Misbehaviour['payload']>;

const register = (name: string, does: string, payload: Rewrite, more: Partial<Misbehaviour> = {}): Misbehaviour => ({
  name,
  kind: 'register',
  does,
  payload,
  ...more,
});

/** After each stop a reading made of it. */
const afterStop = (
  about: (stop: Sending, is16: boolean) => { action: string; payload: Payload; role: 'idle' | 'update' },
) =>
  function script<Sent extends Sending>(version: '1.6' | '2.0.1'): Script<Sent> {
    return (message) => {
      if (message.role !== 'stop') return [send(message)];
      const { action, role } = about(message, version === '1.6');
      const reading = {
        ...message,
        action,
        role,
        registerWh: message.registerWh + IDLE_WH,
        payload: () => about(message, version === '1.6').payload,
      };
      return [send(message), send(reading)];
    };
  };

/** A reading of a register that went on after the stop. */
function meterValueOf(stop: Sending, is16: boolean): Payload[] {
  const { timestamp } = stop.payload() as { timestamp: string };
  const value = written(stop.registerWh + IDLE_WH, is16 ? '1.6' : '2.0.1');
  return [{ timestamp, sampledValue: [{ value, measurand: REGISTER }] }];
}

/** Something else in the second reading of each session; where there is only one, in none. */
const oneReading = (name: string, does: string, rewrite: Rewrite): Misbehaviour => ({
  name,
  kind: 'meter',
  does,
  script: <Sent extends Sending>(version: '1.6' | '2.0.1'): Script<Sent> => {
    const counts = new Map<number, number>();
    return (message) => {
      if (message.role !== 'update' || !hasReadings(message.payload() as Payload)) return [send(message)];
      const count = (counts.get(message.session) ?? 0) + 1;
      counts.set(message.session, count);
      if (count !== 2) return [send(message)];
      return [send(rewritten(message, (payload) => rewrite(payload, { action: message.action, version })))];
    };
  },
});

/** Energy that flows when nobody charges, and readings of it. */
export const meters: readonly Misbehaviour[] = [
  {
    name: 'idle-readings',
    kind: 'meter',
    does: 'The register goes on after each session; it is read without a transaction (1.6: of transaction 0 or -1).',
    idleWh: IDLE_WH,
    script: afterStop((stop, is16) => ({
      action: 'MeterValues',
      role: 'idle',
      payload: is16
        ? {
            connectorId: stop.connector,
            transactionId: stop.session % 2 === 0 ? 0 : -1,
            meterValue: meterValueOf(stop, is16),
          }
        : { evseId: stop.connector, meterValue: meterValueOf(stop, is16) },
    })),
  },
  {
    name: 'stray-reading',
    kind: 'meter',
    does: 'The register goes on after each session; a reading of it names the ended transaction.',
    idleWh: IDLE_WH,
    script: afterStop((stop, is16) => {
      const payload = stop.payload() as Payload;
      const meterValue = meterValueOf(stop, is16);
      if (is16) {
        const { transactionId } = payload;
        return {
          action: 'MeterValues',
          role: 'update',
          payload: { connectorId: stop.connector, transactionId, meterValue },
        };
      }
      const { timestamp, transactionInfo } = payload as { timestamp: string; transactionInfo: Payload };
      return {
        action: 'TransactionEvent',
        role: 'update',
        payload: {
          eventType: 'Updated',
          timestamp,
          triggerReason: 'MeterValueClock',
          seqNo: Number(payload['seqNo']) + 1,
          transactionInfo: { transactionId: transactionInfo['transactionId'] },
          meterValue,
        },
      };
    }),
  },
  oneReading(
    'spike-reading',
    'The second reading of each session has a register of 99,999,999 Wh.',
    (payload, { version }) => withRegisters(payload, (sample) => [{ ...sample, value: written(99_999_999, version) }]),
  ),
  oneReading('zero-reading', 'The second reading of each session has a register of 0 Wh.', (payload, { version }) =>
    withRegisters(payload, (sample) => [{ ...sample, value: written(0, version) }]),
  ),
  {
    name: 'register-reset',
    kind: 'meter',
    does: 'The register falls to 0 within each session, as of a meter that is replaced.',
    hides: ['energy'],
    resetsRegister: true,
  },
];

/** How readings tell the register. */
export const registers: readonly Misbehaviour[] = [
  register('kwh', 'Registers are sent in kWh.', (payload, { version }) =>
    withRegisters(payload, ({ value, unit: _, unitOfMeasure: __, ...sample }) => [
      {
        ...sample,
        value: written(thousandth(value), version),
        ...(version === '1.6' ? { unit: 'kWh' } : { unitOfMeasure: { unit: 'kWh' } }),
      },
    ]),
  ),
  register(
    'kwh-without-unit',
    'Readings are in kWh and do not say so; starts and stops are right.',
    (payload, { version }) =>
      withRegisters(payload, ({ value, unit: _, ...sample }) => [
        { ...sample, value: written(thousandth(value), version) },
      ]),
    { version: '1.6' },
  ),
  register(
    'unit-beside-value',
    'The unit kWh stands beside the value instead of in unitOfMeasure.',
    (payload) =>
      withRegisters(payload, ({ value, unitOfMeasure: _, ...sample }) => [
        { ...sample, value: thousandth(value), unit: 'kWh' },
      ]),
    { version: '2.0.1' },
  ),
  register(
    'kilo-multiplier',
    'Registers are sent as thousands of Wh by the multiplier.',
    (payload) =>
      withRegisters(payload, ({ value, ...sample }) => [
        { ...sample, value: thousandth(value), unitOfMeasure: { unit: 'Wh', multiplier: 3 } },
      ]),
    { version: '2.0.1' },
  ),
  register('no-units', 'No reading has a unit.', (payload) =>
    withSamples(payload, (samples) => samples.map(({ unit: _, unitOfMeasure: __, ...sample }) => sample)),
  ),
  register('phases-only', 'Registers are sent for each phase, without a total.', (payload, { version }) =>
    withRegisters(payload, (sample) => {
      const third = Math.floor(Number(sample.value) / 3);
      return PHASES.map((phase, index) => ({
        ...sample,
        phase,
        value: written(index < 2 ? third : Number(sample.value) - 2 * third, version),
      }));
    }),
  ),
  register(
    'inlet-and-outlet',
    'Each register is sent for the inlet, with the losses, and at the outlet.',
    (payload, { version }) =>
      withRegisters(payload, (sample) => [
        { ...sample, location: 'Inlet', value: written(Math.round(Number(sample.value) * 1.2), version) },
        { ...sample, location: 'Outlet' },
      ]),
  ),
  register('signed-twins', 'Each register has a signed twin in kWh that does not say so.', (payload, { version }) =>
    withRegisters(payload, (sample) => [sample, signedTwin(sample, version === '1.6')]),
  ),
  register('no-register', 'Readings have power and current alone.', (payload) => withRegisters(payload, () => []), {
    hides: ['energy'],
  }),
  register(
    'readings-of-1.5',
    'MeterValues have the shape of OCPP 1.5.',
    (payload, { action }) => {
      if (action !== 'MeterValues') return payload;
      const { meterValue, ...rest } = payload as { meterValue: MeterValue[] };
      return { ...rest, values: meterValue.map(({ timestamp, sampledValue }) => ({ timestamp, value: sampledValue })) };
    },
    { version: '1.6' },
  ),
  {
    name: 'intervals-only',
    kind: 'register',
    does: 'Readings tell the energy since the reading before, never a register.',
    // Where a reading comes late, one might be missing.
    hides: ['energy'],
    script: <Sent extends Sending>(): Script<Sent> => {
      const last = new Map<number, number>();
      return (message) => {
        const before = last.get(message.session) ?? message.registerWh;
        // An event without readings tells no interval.
        const tells = message.role === 'start' || hasReadings(message.payload() as Payload);
        last.set(message.session, tells ? message.registerWh : before);
        const wh = message.registerWh - before;
        return [send(rewritten(message, (payload) => withRegisters(payload, (sample) => [interval(sample, wh)])))];
      };
    },
  },
];

function interval(sample: Sample, wh: number): Sample {
  const value = typeof sample.value === 'string' ? String(wh) : wh;
  return { ...sample, measurand: 'Energy.Active.Import.Interval', value };
}

function signedTwin({ unit: _, unitOfMeasure: __, ...sample }: Sample, is16: boolean): Sample {
  const kwh = thousandth(sample.value);
  if (is16) return { ...sample, format: 'SignedData', value: `AP;0;3;T0NNRnx7IlJWIjoi${kwh}` };
  const signedMeterValue = {
    signedMeterData: Buffer.from(`OCMF|{"RV":${kwh}}`).toString('base64'),
    signingMethod: '',
    encodingMethod: 'OCMF',
    publicKey: '',
  };
  return { ...sample, value: kwh, signedMeterValue };
}
