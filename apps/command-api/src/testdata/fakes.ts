import { jest } from '@jest/globals';
import {
  Circumstances,
  Messages,
  MeterValues,
  SecurityEvents,
  StationEvents,
  StatusHistory,
  TimeSeries,
  TransactionEvents,
} from '@ocpp-gw/clickhouse';
import type { Command, OnlineEntry } from '@ocpp-gw/contracts';
import {
  BulkCommands,
  ChargePoints,
  Commands,
  DeviceMirror,
  Findings,
  Outbox,
  Reports,
  StationMirror,
  Transactions,
  WebhookDeliveryLog,
  WebhookSubscriptions,
  WebhookTests,
} from '@ocpp-gw/persistence';
import { AuthorizeEntries, OnlineRegistry, ReconnectLoops, RefusedHandshakes } from '@ocpp-gw/redis';
import { BackingServices, BUS, REDIS, SUBSCRIBER } from '../backing-services.ts';
import type { DispatchParts } from '../commands/command-dispatch.ts';
import { FleetFindings } from '../findings/fleet-findings.ts';
import { deviceMirrorFake, reportsFake } from './device-mirror.ts';
import { mirrorFake } from './mirror.ts';
import { chargePointRecord, onlineEntry } from './records.ts';
import { webhookFakes } from './webhooks.ts';

/** The backing services played by functions, for tests of the APIs alone. */
export function fakes() {
  const bus = {
    attend: jest.fn(async (_commandId: string, _waitMs: number, known: () => Promise<unknown>) => known()),
    send: jest.fn<DispatchParts['bus']['send']>(async (_cpId: string, command: Command) => ({
      recorded: true,
      outcome: { kind: 'result', action: command.kind, payload: { status: 'Accepted' }, status: 'Accepted' },
    })),
  };
  const chargePoints = {
    find: jest.fn(async (cpId: string) => (cpId.toUpperCase() === 'CP-1' ? chargePointRecord() : null)),
    list: jest.fn(async (_filter: object) => ({ items: [chargePointRecord()], nextCursor: 'next' as string | null })),
    connectors: jest.fn(async () => []),
    create: jest.fn(async (_point: object) => chargePointRecord()),
    update: jest.fn(async (_cpId: string, _changes: object) => true),
  };
  const commands = {
    begin: jest.fn<Commands['begin']>(async () => null),
    ofKey: jest.fn<Commands['ofKey']>(async () => null),
    get: jest.fn<Commands['get']>(async () => null),
    end: jest.fn<Commands['end']>(async () => undefined),
    list: jest.fn<Commands['list']>(async () => ({ items: [], nextCursor: null })),
  };
  const transactions = {
    list: jest.fn(async (_filter: object) => ({ items: [], nextCursor: null })),
    get: jest.fn(async () => null),
  };
  const registry = {
    evict: jest.fn(async (_cpId: string) => undefined),
    get: jest.fn(async (_cpId: string): Promise<OnlineEntry | null> => onlineEntry()),
    lastSeen: jest.fn(async () => new Map<string, number>()),
    getMany: jest.fn(async (cpIds: string[]) => new Map(cpIds.map((cpId) => [cpId, onlineEntry()]))),
  };
  const meterValues = { list: jest.fn(async (_filter: object) => ({ items: [], nextCursor: null })) };
  const messages = {
    list: jest.fn<Messages['list']>(async () => ({ items: [], nextCursor: null })),
    all: jest.fn<Messages['all']>(async function* () {}),
  };
  const circumstances = {
    connections: jest.fn<Circumstances['connections']>(async () => []),
    deviations: jest.fn<Circumstances['deviations']>(async () => []),
  };
  const timeSeries = {
    energy: jest.fn<TimeSeries['energy']>(async () => []),
    energyOfTransaction: jest.fn<TimeSeries['energyOfTransaction']>(async () => []),
    meterValues: jest.fn<TimeSeries['meterValues']>(async () => []),
  };
  const stationMirror = mirrorFake();
  const deviceMirror = deviceMirrorFake();
  const reports = reportsFake();
  const securityEvents = { list: jest.fn<SecurityEvents['list']>(async () => ({ items: [], nextCursor: null })) };
  const stationEvents = { list: jest.fn<StationEvents['list']>(async () => ({ items: [], nextCursor: null })) };
  const statusHistory = { list: jest.fn<StatusHistory['list']>(async () => ({ items: [], nextCursor: null })) };
  const transactionEvents = { list: jest.fn<TransactionEvents['list']>(async () => ({ items: [], nextCursor: null })) };
  const outbox = { undelivered: jest.fn<Outbox['undelivered']>(async () => []) };
  const refusedHandshakes = {
    of: jest.fn<RefusedHandshakes['of']>(async () => []),
    list: jest.fn<RefusedHandshakes['list']>(async () => []),
  };
  const findings = {
    list: jest.fn<Findings['list']>(async () => ({ items: [], nextCursor: null })),
    summary: jest.fn<Findings['summary']>(async () => ({
      ...{ open: 0, chargePoints: 0 },
      ...{ byFinding: [], byVendor: [], byFirmware: [] },
    })),
  };
  const reconnectLoops = { list: jest.fn<ReconnectLoops['list']>(async () => []) };
  const webhooks = webhookFakes();
  const authorizeEntries = { remove: jest.fn<AuthorizeEntries['remove']>(async () => 0) };
  const overrides = new Map<unknown, unknown>([
    [REDIS, {}],
    [SUBSCRIBER, {}],
    [BUS, bus],
    [ChargePoints, chargePoints],
    [Commands, commands],
    [BulkCommands, { claim: async () => null }],
    [Transactions, transactions],
    [Findings, findings],
    [FleetFindings, { start: () => undefined, stop: async () => undefined }],
    [OnlineRegistry, registry],
    [Messages, messages],
    [Circumstances, circumstances],
    [MeterValues, meterValues],
    [TimeSeries, timeSeries],
    [StationMirror, stationMirror],
    [DeviceMirror, deviceMirror],
    [Reports, reports],
    [SecurityEvents, securityEvents],
    [StationEvents, stationEvents],
    [StatusHistory, statusHistory],
    [TransactionEvents, transactionEvents],
    [Outbox, outbox],
    [ReconnectLoops, reconnectLoops],
    [RefusedHandshakes, refusedHandshakes],
    [WebhookSubscriptions, webhooks.subscriptions],
    [WebhookDeliveryLog, webhooks.log],
    [WebhookTests, webhooks.tests],
    [AuthorizeEntries, authorizeEntries],
    [BackingServices, { start: async () => undefined, stop: async () => undefined }],
  ]);
  return {
    bus,
    commands,
    chargePoints,
    transactions,
    findings,
    registry,
    messages,
    circumstances,
    meterValues,
    timeSeries,
    stationMirror,
    deviceMirror,
    reports,
    securityEvents,
    stationEvents,
    statusHistory,
    transactionEvents,
    outbox,
    refusedHandshakes,
    reconnectLoops,
    webhooks,
    authorizeEntries,
    overrides,
  };
}
