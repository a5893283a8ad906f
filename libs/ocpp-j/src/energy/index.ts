export {
  INTERVAL_QUALITIES,
  publishEnergy,
  unnumberedCurve,
  type EnergyCurve,
  type EnergyInterval,
  type EnergyPoint,
  type EnergyState,
  type IntervalQuality,
} from './curve.ts';
export { wayOf } from './series.ts';
