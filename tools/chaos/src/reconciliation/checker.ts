import type {
  Acknowledged,
  ChargerRecords,
  Delivery,
  Difference,
  Kept,
  KeptEvent,
  KeptInPostgres,
  KeptTransaction,
  Published,
  Sample,
} from './facts.ts';

type System = Difference['system'];
type Named = Pick<Difference, 'cpId' | 'what'>;

/** Where what chargers saw acknowledged and what the gateway has differ. What was never acknowledged may be there, once. */
export function differences({ acknowledged, complaints }: ChargerRecords, kept: Kept): Difference[] {
  const ends = acknowledged.filter(isEnd);
  return [
    ...complaints.map(({ cpId, kind, what }): Difference => ({ system: 'charger', fault: kind, cpId, what })),
    ...kept.offline.map((cpId): Difference => ({
      system: 'registry',
      fault: 'disconnected',
      cpId,
      what: 'not online',
    })),
    ...postgresDifferences(acknowledged, kept),
    ...published(acknowledged, kept.published),
    ...once('ClickHouse', acknowledged.filter(isEvent).map(nameOfEvent), kept.events.map(nameOfEvent)),
    ...once('ClickHouse', acknowledged.flatMap(namesOfSamples), kept.samples.map(nameOfSample)),
    ...deliveries('backend', ends, kept.backend),
    ...deliveries('webhooks', ends, kept.webhooks),
  ];
}

/** Those of Postgres alone: every transaction with its registers, every numbered event once, nothing waiting for delivery. */
export function postgresDifferences(acknowledged: readonly Acknowledged[], kept: KeptInPostgres): Difference[] {
  return [
    ...Object.entries(kept.undelivered)
      .filter(([, rows]) => rows > 0)
      .map(([what, rows]): Difference => ({
        system: 'Postgres',
        fault: 'undelivered',
        cpId: '',
        what: `${rows} ${what}`,
      })),
    ...transactions(acknowledged.filter(isEnd), kept.transactions),
    ...once('Postgres', acknowledged.filter(isNumbered).map(nameOfEvent), kept.numbered.map(nameOfEvent)),
  ];
}

function isEnd({ kind }: Acknowledged): boolean {
  return kind === 'started' || kind === 'ended';
}

function isEvent({ kind }: Acknowledged): boolean {
  return kind !== 'meter';
}

function isNumbered({ seqNo }: Acknowledged): boolean {
  return seqNo !== undefined;
}

function nameOfEvent({ cpId, transactionId, kind, seqNo = 0 }: Acknowledged | KeptEvent): Named {
  return { cpId, what: `${kind} of ${transactionId}, event ${seqNo}` };
}

function namesOfSamples({ cpId, samples }: Pick<Acknowledged, 'cpId' | 'samples'>): Named[] {
  return samples.map((sample) => nameOfSample({ cpId, ...sample }));
}

function nameOfSample({ cpId, at, wh, context = '' }: Sample & { cpId: string }): Named {
  return { cpId, what: `${wh} Wh sampled at ${new Date(at).toISOString()} ${context}` };
}

function nameOfDelivery({ cpId, kind, transactionId }: Pick<Delivery, 'cpId' | 'kind' | 'transactionId'>): Named {
  return { cpId, what: `${kind} of ${transactionId}` };
}

/** Lost is what is wanted and not there; doubled, whatever is there more than once. */
function once(system: System, wanted: readonly Named[], there: readonly Named[]): Difference[] {
  const counts = new Map<string, { named: Named; count: number }>();
  for (const named of there) {
    const known = counts.get(keyOf(named));
    if (known) known.count += 1;
    else counts.set(keyOf(named), { named, count: 1 });
  }
  return [
    ...wanted
      .filter((named) => !counts.has(keyOf(named)))
      .map((named) => ({ system, fault: 'lost' as const, ...named })),
    ...[...counts.values()]
      .filter(({ count }) => count > 1)
      .map(({ named: { cpId, what }, count }) => ({
        system,
        fault: 'doubled' as const,
        cpId,
        what: `${what}, ${count}×`,
      })),
  ];
}

function keyOf({ cpId, what }: Named): string {
  return `${cpId} ${what}`;
}

function transactions(ends: readonly Acknowledged[], kept: readonly KeptTransaction[]): Difference[] {
  const rows = new Map(kept.map((row) => [`${row.cpId} ${row.transactionId}`, row]));
  const judged = ends.flatMap((message): Difference[] => {
    const { cpId, transactionId, kind, registerWh } = message;
    const row = rows.get(`${cpId} ${transactionId}`);
    const tell = (fault: Difference['fault'], what: string): Difference[] => [
      { system: 'Postgres', fault, cpId, what },
    ];
    if (!row) return tell('lost', `transaction ${transactionId} (${kind})`);
    const register = kind === 'started' ? row.meterStartWh : row.meterLastWh;
    if (kind === 'ended' && row.state !== 'ended') return tell('open', `transaction ${transactionId}`);
    return register === registerWh
      ? []
      : tell('wrong', `${kind} of ${transactionId} has ${register} Wh, not ${registerWh}`);
  });
  // A charger's register only grows: two transactions that begin at one reading are one that was published twice.
  const starts = kept
    .filter(({ meterStartWh }) => meterStartWh !== null)
    .map(({ cpId, meterStartWh }) => ({ cpId, what: `transaction that began at ${meterStartWh} Wh` }));
  return [...judged, ...once('Postgres', [], starts)];
}

/** Each topic has it once after deduplication, and each charger's in its order. */
function published(acknowledged: readonly Acknowledged[], arrived: readonly Published[]): Difference[] {
  const distinct = firstOfEach(arrived);
  const events = (['started', 'updated', 'ended'] as const).flatMap((kind) => {
    const ofKind = <Item extends { kind: string }>(items: readonly Item[]): Item[] =>
      items.filter((item) => item.kind === kind);
    return onceInOrder('Kafka', ofKind(acknowledged).map(nameOfEvent), ofKind(distinct).map(nameOfEvent));
  });
  const samples = onceInOrder('Kafka', acknowledged.flatMap(namesOfSamples), distinct.flatMap(namesOfSamples));
  return [...events, ...samples];
}

/** At least once, once after deduplication, and each charger's in its order. */
function deliveries(system: System, ends: readonly Acknowledged[], arrived: readonly Delivery[]): Difference[] {
  const wanted = ends.map((message) => nameOfDelivery({ ...message, kind: message.kind as Delivery['kind'] }));
  return onceInOrder(system, wanted, firstOfEach(arrived).map(nameOfDelivery));
}

function firstOfEach<Item extends { id: string }>(arrived: readonly Item[]): Item[] {
  return [...Map.groupBy(arrived, ({ id }) => id).values()].flatMap((same) => same.slice(0, 1));
}

function onceInOrder(system: System, wanted: readonly Named[], found: readonly Named[]): Difference[] {
  return [...once(system, wanted, found), ...outOfOrder(system, wanted, found)];
}

function outOfOrder(system: System, wanted: readonly Named[], found: readonly Named[]): Difference[] {
  const places = new Map(found.map((named, place) => [keyOf(named), place]));
  return [...Map.groupBy(wanted, ({ cpId }) => cpId).values()].flatMap((sent) => {
    let latest = -1;
    for (const named of sent) {
      const place = places.get(keyOf(named)) ?? latest;
      if (place < latest) return [{ system, fault: 'order' as const, ...named }];
      latest = place;
    }
    return [];
  });
}
