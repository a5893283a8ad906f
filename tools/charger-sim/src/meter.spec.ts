import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Meter } from './meter.ts';

const at = (seconds: number): Date => new Date(1_800_000_000_000 + seconds * 1000);

describe('Meter', () => {
  it('never goes back, whatever happens', () => {
    const step = fc.record({ seconds: fc.nat(7200), what: fc.constantFrom('read', 'begin', 'end') });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const sut = new Meter(11_000, 500, at(0));
        let clock = 0;
        let last = 500;
        for (const { seconds, what } of steps) {
          clock += seconds;
          if (what === 'begin') sut.begin(at(clock));
          if (what === 'end') sut.end(at(clock));
          const { energyWh, socPercent } = sut.read(at(clock));
          expect(energyWh).toBeGreaterThanOrEqual(last);
          expect(socPercent).toBeLessThanOrEqual(100);
          last = energyWh;
        }
      }),
    );
  });

  it('ramps up to the power of the car, and the register follows it', () => {
    const sut = new Meter(11_000, 0, at(0));
    sut.begin(at(0));
    expect(sut.read(at(1)).powerW).toBeLessThan(5000);
    expect(sut.read(at(10)).powerW).toBeGreaterThan(10_000);
    let energyWh = 0;
    for (let second = 11; second <= 3600; second += 1) ({ energyWh } = sut.read(at(second)));
    expect(energyWh).toBeGreaterThan(10_800);
    expect(energyWh).toBeLessThan(11_200);
  });

  it('stands still when nothing charges', () => {
    const sut = new Meter(11_000, 100, at(0));
    expect(sut.read(at(3600))).toMatchObject({ energyWh: 100, powerW: 0, currentA: 0 });
  });
});
