import { UndecodableEventError, snakeCase, type Event } from '@ocpp-gw/contracts';
import { energyIntervalRows, firstHeard } from './energy-interval.ts';
import { envelope } from './envelope.ts';
import { instant } from './instant.ts';
import { meterSampleRows } from './meter-sample.ts';
import type { Columns, Row, Table } from './row.ts';

type Payload = NonNullable<Event['payload']>;

interface Target {
  table: Table;
  /** Columns that are not named as the field of the payload that fills them; null: the table leaves the field out. */
  renamed?: Readonly<Record<string, string | null>>;
  /** Columns besides the fields of the payload. */
  besides?: (event: Event) => Columns;
  /** Columns in which zero means that there is none. */
  noneIsZero?: readonly string[];
}

const raw = (event: Event): Columns => ({ occurred_at_raw: event.occurredAtRaw });

/** Samples and intervals of energy are rows of their own. */
const OWN_ROWS = { samples: null, energy: null };

/** The tables read it as `ocpp_request_id` too. */
const OCPP_REQUEST = { ocppRequestId: 'request_id' };

const PLACE_AND_CAUSE = ['evse_id', 'connector_id', 'remote_start_id', 'reservation_id'];

/** The columns of transaction_events that not every message about a transaction fills, or that are not named as a field. */
const transaction = (event: Event): Columns => ({
  ...raw(event),
  ...energyOf(event),
  event_type: event.type,
  id_token_status: '',
  charging_state: '',
  meter_start_wh: null,
  meter_stop_wh: null,
  energy_wh: null,
  energy_reason: '',
  end_inferred: '',
  unassigned_reason: '',
  assigned_to: '',
  total_cost: null,
  cost_amount: null,
  cost_currency: '',
  started_at: null,
  replaced_end_at: null,
  stop_reason: '',
  missing_seq_nos: [],
});

const tags = ({ payload }: Event): Columns =>
  payload?.$case === 'chargePointManaged'
    ? { tags: Object.fromEntries(payload.value.tags.map(({ name, value }) => [name, value])) }
    : {};
function energyOf({ payload }: Event): Columns {
  const energy = payload && 'energy' in payload.value ? payload.value.energy : undefined;
  return { ...firstHeard(energy), energy_number: energy?.number ?? 0 };
}

/** What a transaction that ended cost, in columns. */
const ended = (event: Event): Columns => {
  const cost = event.payload?.$case === 'transactionEnded' ? event.payload.value.cost : undefined;
  return { ...transaction(event), ...(cost && { cost_amount: cost.amount, cost_currency: cost.currency }) };
};

/** The table of each payload but readings alone: a new payload breaks the build until it has one. */
const TARGETS: { readonly [Case in Exclude<Payload['$case'], 'meterValuesReported'>]: Target } = {
  stationBooted: { table: 'boots', besides: raw },
  connectorStatusChanged: { table: 'connector_status', besides: raw },
  transactionStarted: {
    table: 'transaction_events',
    besides: transaction,
    renamed: OWN_ROWS,
    noneIsZero: PLACE_AND_CAUSE,
  },
  transactionUpdated: {
    table: 'transaction_events',
    besides: transaction,
    renamed: OWN_ROWS,
    noneIsZero: PLACE_AND_CAUSE,
  },
  transactionEnded: {
    table: 'transaction_events',
    besides: ended,
    renamed: { ...OWN_ROWS, cost: null, reason: 'stop_reason' },
    noneIsZero: PLACE_AND_CAUSE,
  },
  connectionChanged: { table: 'connections', noneIsZero: ['close_code'] },
  commandCompleted: { table: 'commands', renamed: { standardErrorCode: null } },
  firmwareStatusChanged: { table: 'firmware_status', renamed: OCPP_REQUEST },
  logStatusChanged: { table: 'log_status', renamed: OCPP_REQUEST },
  securityEventOccurred: { table: 'security_events', besides: raw, renamed: { eventType: 'type' } },
  certificateSigningRequested: { table: 'certificate_signing_requests' },
  dataTransferred: { table: 'data_transfers' },
  stationEventOccurred: { table: 'station_events', besides: raw },
  firmwarePublicationChanged: { table: 'firmware_publications', renamed: OCPP_REQUEST },
  chargingLimitChanged: { table: 'charging_limits', renamed: { schedulesJson: 'schedules' } },
  evChargingNeedsReported: { table: 'ev_charging_needs', renamed: { needsJson: 'needs' } },
  evChargingScheduleReported: { table: 'ev_charging_schedules', besides: raw, renamed: { scheduleJson: 'schedule' } },
  reservationEnded: { table: 'reservation_ends' },
  reportCompleted: { table: 'reports', besides: raw, renamed: OCPP_REQUEST },
  fieldDeviated: { table: 'field_deviations' },
  findingChanged: { table: 'findings', renamed: { title: null } },
  ocppMessage: { table: 'messages' },
  chargePointManaged: { table: 'charge_point_changes', besides: tags, renamed: { tags: null } },
};

/**
 * The rows of an event: one in the table of its payload, one in meter_samples for each sampled value, and one in energy_intervals for
 * each change of the energy of a transaction.
 * @throws UndecodableEventError when the event can be no row.
 */
export function rowsOf(event: Event): Row[] {
  const { payload } = event;
  if (!payload) throw new UndecodableEventError(`event ${event.id} has no payload`);
  if (payload.$case === 'meterValuesReported')
    return [...meterSampleRows(event, payload.value), ...energyIntervalRows(event, payload.value)];
  const { table, renamed = {}, besides, noneIsZero = [] } = TARGETS[payload.$case];
  const columns: Columns = { ...envelope(event), ...besides?.(event) };
  for (const [field, value] of Object.entries(payload.value)) {
    const column = field in renamed ? renamed[field] : columnOf(field);
    if (column) columns[column] = valueOf(value);
  }
  for (const column of noneIsZero) columns[column] ||= null;
  // Messages of 1.6 have neither, and an event that no message brought about has neither.
  if ('seq_no' in columns && columns['trigger_reason'] === '') columns['seq_no'] = null;
  const row = { table, columns };
  if (!('samples' in payload.value)) return [row];
  return [row, ...meterSampleRows(event, payload.value), ...energyIntervalRows(event, payload.value)];
}

const names = new Map<string, string>();

function columnOf(field: string): string {
  const known = names.get(field);
  if (known !== undefined) return known;
  const column = snakeCase(field);
  names.set(field, column);
  return column;
}

/** A field that is not there is NULL, and so is an infinity: no sum survives it. */
function valueOf(value: unknown): Columns[string] {
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  return value instanceof Date ? instant(value) : ((value ?? null) as Columns[string]);
}
