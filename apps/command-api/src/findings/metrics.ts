import { FINDING_KINDS } from '@ocpp-gw/conversation';
import type { FindingCount, FindingRecord } from '@ocpp-gw/persistence';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the look at the fleet costs, and what it finds. Only the pod that leads says what is open. */
export class FindingsMetrics {
  private readonly openedTotal: Counter<'finding' | 'severity'>;
  private readonly openNow: Gauge<'finding'>;
  private readonly looks: Counter;
  private readonly passes: Histogram;
  private readonly oldestLook: Gauge<never>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.openedTotal = new Counter({
      name: 'eveys_ocpp_findings_opened_total',
      help: 'Findings that were opened, by finding and severity',
      labelNames: ['finding', 'severity'],
      registers,
    });
    for (const [finding, { severity }] of Object.entries(FINDING_KINDS)) this.openedTotal.inc({ finding, severity }, 0);
    this.openNow = new Gauge({
      name: 'eveys_ocpp_findings_open',
      help: 'Charge points that have the finding now; from the pod that looks over the fleet',
      labelNames: ['finding'],
      registers,
    });
    this.looks = new Counter({
      name: 'eveys_ocpp_findings_looks_total',
      help: 'Charge points that were looked at',
      registers,
    });
    this.passes = new Histogram({
      name: 'eveys_ocpp_findings_pass_seconds',
      help: 'Duration of a pass over the charge points that were due',
      buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
      registers,
    });
    this.oldestLook = new Gauge({
      name: 'eveys_ocpp_findings_oldest_look_seconds',
      help: 'Age of the oldest look among the charge points that are due and that the latest pass did not get to; 0 when it got to all',
      registers,
    });
    this.forget();
  }

  /** @returns what ends the measurement */
  pass(): () => void {
    return this.passes.startTimer();
  }

  looked(opened: readonly Pick<FindingRecord, 'finding' | 'severity'>[]): void {
    this.looks.inc();
    for (const { finding, severity } of opened) this.openedTotal.inc({ finding, severity });
  }

  open(byFinding: readonly (Pick<FindingRecord, 'finding'> & FindingCount)[]): void {
    const known = new Map(byFinding.map(({ finding, chargePoints }) => [finding, chargePoints]));
    for (const finding of Object.keys(FINDING_KINDS)) this.openNow.set({ finding }, known.get(finding) ?? 0);
  }

  behind(waitedMs: number): void {
    this.oldestLook.set(waitedMs / 1000);
  }

  /** Another pod looks, or none. */
  forget(): void {
    this.openNow.reset();
    this.oldestLook.remove();
  }
}
