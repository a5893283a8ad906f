/** One look at the meter. */
export interface Reading {
  at: Date;
  /** The register; goes back only when the meter is replaced. */
  energyWh: number;
  /** What ever flowed, whatever the register shows. */
  totalWh: number;
  powerW: number;
  voltageV: number;
  /** Per phase. */
  currentA: number;
  /** State of charge of the car. */
  socPercent: number;
}

const PHASES = 3;
const NOMINAL_V = 230;
const BATTERY_WH = 60_000;
/** The car takes this long to reach full power. */
const RAMP_S = 3;
/** From this state of charge on the car takes less and less. */
const TAPER_FROM_PERCENT = 80;

/** The energy meter of one connector, and the car behind it. */
export class Meter {
  readonly #maxPowerW: number;
  #energyWh: number;
  #registerZeroWh = 0;
  #powerW = 0;
  #at: Date;
  #chargingSince: Date | null = null;
  #socPercent = 35;

  constructor(maxPowerW: number, energyWh: number, now: Date) {
    this.#maxPowerW = maxPowerW;
    this.#energyWh = energyWh;
    this.#at = now;
  }

  /** A car begins to charge. */
  begin(now: Date): void {
    this.read(now);
    this.#chargingSince = now;
    this.#socPercent = 35;
  }

  end(now: Date): void {
    this.read(now);
    this.#chargingSince = null;
    this.#powerW = 0;
  }

  read(now: Date): Reading {
    const hours = Math.max(0, now.getTime() - this.#at.getTime()) / 3_600_000;
    const powerW = this.#chargingSince ? this.#power((now.getTime() - this.#chargingSince.getTime()) / 1000) : 0;
    const gainedWh = ((this.#powerW + powerW) / 2) * hours;
    this.#energyWh += gainedWh;
    this.#socPercent = Math.min(100, this.#socPercent + (gainedWh / BATTERY_WH) * 100);
    this.#powerW = powerW;
    this.#at = now;
    return {
      at: now,
      energyWh: Math.floor(this.#energyWh) - this.#registerZeroWh,
      totalWh: Math.floor(this.#energyWh),
      powerW: Math.round(powerW),
      voltageV: NOMINAL_V,
      currentA: Math.round((powerW / PHASES / NOMINAL_V) * 10) / 10,
      socPercent: Math.floor(this.#socPercent),
    };
  }

  /** Energy that flows beside the car, Wh. */
  flow(wh: number): void {
    this.#energyWh += wh;
  }

  /** The register begins again at 0. */
  reset(): void {
    this.#registerZeroWh = Math.floor(this.#energyWh);
  }

  #power(seconds: number): number {
    const ramp = Math.min(1, seconds / RAMP_S);
    const over = Math.max(0, this.#socPercent - TAPER_FROM_PERCENT) / (100 - TAPER_FROM_PERCENT);
    const ripple = 1 + 0.01 * Math.sin(seconds);
    return this.#maxPowerW * ramp * (1 - over) * ripple;
  }
}
