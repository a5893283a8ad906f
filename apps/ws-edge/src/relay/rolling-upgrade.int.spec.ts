import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { EventProducer } from '@ocpp-gw/kafka';
import { Leadership, OUTBOX_SHARDS, type OutboxRow } from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { eventually } from '@ocpp-gw/testing';
import { RelayFleet } from './testdata/fleet.ts';

const count = (n: number) => Array.from({ length: n }, (_, index) => index);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What releases before 0038 do: one pod, which holds the lane's name alone, empties the lane in the order of ids. */
class OldPod {
  private readonly fleet: RelayFleet;
  private readonly leadership: Leadership;
  private readonly producer: EventProducer;
  private stopping = false;
  private running: Promise<void> | undefined;
  leads = false;

  constructor(fleet: RelayFleet) {
    this.fleet = fleet;
    this.leadership = new Leadership(fleet.database);
    this.producer = new EventProducer({ brokers: [fleet.plane.kafkaBrokers], clientId: 'old' });
  }

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
    await this.leadership.stop();
    await this.producer.stop();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.leadership.withLeadership('outbox kafka', async (lease) => {
        this.leads = true;
        while (!this.stopping) {
          const rows = await sqlOf(lease).query<OutboxRow>(
            `SELECT id, lane, destination, cp_id AS "cpId", event_id AS "eventId", payload
             FROM outbox WHERE lane = 'kafka' ORDER BY id LIMIT 500`,
          );
          await this.producer.send(rows.map((row) => ({ topic: row.destination, key: row.cpId, value: row.payload })));
          await this.fleet.outbox.remove(
            rows.map(({ id }) => id),
            lease,
          );
          await pause(50);
        }
      });
      this.leads = false;
      await pause(200);
    }
  }
}

describe('pods of an older release beside those of this one', () => {
  let fleet: RelayFleet;
  const old: OldPod[] = [];

  beforeAll(async () => {
    fleet = await RelayFleet.start('relay-upgrade');
  }, 120_000);

  afterEach(async () => {
    await Promise.all(old.splice(0).map((pod) => pod.stop()));
    await fleet.reset();
  });

  afterAll(() => fleet?.stop());

  function oldPod(): OldPod {
    const pod = new OldPod(fleet);
    old.push(pod);
    pod.start();
    return pod;
  }

  it('never deliver at once, and nothing is lost or reordered while one after the other is replaced, and back again', async () => {
    const chargers = count(50).map((n) => `U${n}`);
    const each = 40;
    const before = [oldPod(), oldPod()] as const;
    await eventually(() => before.some(({ leads }) => leads));
    const led = async () => (await Promise.all(fleet.pods.map((pod) => pod.shards()))).reduce((sum, n) => sum + n, 0);
    const [one, two] = [await fleet.pod('new-1'), await fleet.pod('new-2')];
    const speaking = Promise.all(
      chargers.map(async (cpId, index) => {
        for (const n of count(each)) {
          await (index % 2 ? one : two).tell(cpId, n);
          await pause(Math.random() * 400);
        }
      }),
    );
    await pause(1_500);
    expect(await led()).toBe(0);
    await (before[0].leads ? before[0] : before[1]).stop();
    // The other old pod or the new ones: whoever comes first.
    await eventually(async () => before.some(({ leads }) => leads) !== (await led()) > 0);
    await Promise.all(before.map((pod) => pod.stop()));
    await eventually(async () => (await led()) === OUTBOX_SHARDS);

    const returned = oldPod();
    await pause(500);
    expect(returned.leads).toBe(false);
    await fleet.pods[0]?.relays.stop();
    await fleet.pods[1]?.relays.stop();
    await eventually(() => returned.leads);
    await speaking;
    await fleet.emptied();
    await eventually(() => chargers.every((cpId) => fleet.of(cpId).length === each));
    for (const cpId of chargers) expect([cpId, fleet.of(cpId)]).toEqual([cpId, count(each)]);
  }, 120_000);
});
