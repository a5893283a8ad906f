import type { ChargerPort } from '../charger-port.ts';

interface Key {
  value: string;
  readonly?: boolean;
  /** Write-only: never sent back (AuthorizationKey). */
  secret?: boolean;
  /** Takes effect with the next boot. */
  reboot?: boolean;
  accepts?(value: string): boolean;
  apply?(value: string): void;
}

export type ChangeStatus = 'Accepted' | 'Rejected' | 'RebootRequired' | 'NotSupported';

export interface ConfigurationEntry {
  key: string;
  readonly: boolean;
  value?: string;
}

const isCount = (value: string): boolean => /^\d{1,9}$/.test(value);
const isFlag = (value: string): boolean => /^(true|false)$/i.test(value);
/** 16 to 20 bytes as hex, or the bytes themselves as text (OCTT TC_085). */
const isAuthorizationKey = (value: string): boolean =>
  /^([0-9a-f]{2}){16,20}$/i.test(value) || /^.{16,20}$/.test(value);

const seconds = (ms: number): string => String(Math.round(ms / 1000));

/** Configuration keys (OCPP 1.6 chapter 9), the ones that steer the simulator wired to its settings. */
export class Configuration {
  readonly #keys: Map<string, Key>;

  constructor(charger: ChargerPort) {
    const { settings } = charger;
    const count = (value: string, apply?: Key['apply']): Key => ({ value, accepts: isCount, apply });
    const flag = (value: string): Key => ({ value, accepts: isFlag });
    const fixed = (value: string): Key => ({ value, readonly: true });
    this.#keys = new Map<string, Key>([
      ['AuthorizeRemoteTxRequests', flag('true')],
      ['ClockAlignedDataInterval', count('0')],
      ['ConnectionTimeOut', count('60')],
      ['ConnectorPhaseRotation', { value: 'NotApplicable' }],
      ['GetConfigurationMaxKeys', fixed('50')],
      ['HeartbeatInterval', count('300', (value) => charger.setHeartbeat(Number(value) * 1000))],
      ['LocalAuthorizeOffline', flag('true')],
      ['LocalPreAuthorize', flag('false')],
      [
        'MessageTimeout',
        count(seconds(settings.callTimeoutMs), (value) => (settings.callTimeoutMs = Number(value) * 1000)),
      ],
      ['MeterValuesAlignedData', { value: 'Energy.Active.Import.Register' }],
      [
        'MeterValuesSampledData',
        { value: 'Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,SoC' },
      ],
      [
        'MeterValueSampleInterval',
        count(seconds(settings.meterIntervalMs), (value) => (settings.meterIntervalMs = Number(value) * 1000)),
      ],
      ['NumberOfConnectors', fixed(String(settings.connectors))],
      ['ResetRetries', count('1')],
      ['StopTransactionOnEVSideDisconnect', flag('true')],
      ['StopTransactionOnInvalidId', flag('true')],
      ['StopTxnAlignedData', { value: '' }],
      ['StopTxnSampledData', { value: 'Energy.Active.Import.Register' }],
      [
        'SupportedFeatureProfiles',
        fixed('Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger'),
      ],
      [
        'TransactionMessageAttempts',
        count(
          String(settings.retry.attempts),
          (value) => (settings.retry = { ...settings.retry, attempts: Number(value) }),
        ),
      ],
      [
        'TransactionMessageRetryInterval',
        count(
          seconds(settings.retry.intervalMs),
          (value) => (settings.retry = { ...settings.retry, intervalMs: Number(value) * 1000 }),
        ),
      ],
      ['UnlockConnectorOnEVSideDisconnect', flag('true')],
      ['WebSocketPingInterval', count('0')],
      ['LocalAuthListEnabled', flag('true')],
      ['LocalAuthListMaxLength', fixed('1000')],
      ['SendLocalListMaxLength', fixed('100')],
      ['ReserveConnectorZeroSupported', fixed('false')],
      ['ChargeProfileMaxStackLevel', fixed('10')],
      ['ChargingScheduleAllowedChargingRateUnit', fixed('Current,Power')],
      ['ChargingScheduleMaxPeriods', fixed('24')],
      ['MaxChargingProfilesInstalled', fixed('10')],
      [
        'AuthorizationKey',
        { value: '', secret: true, accepts: isAuthorizationKey, apply: (value) => (settings.password = value) },
      ],
      ['CertificateSignedMaxChainSize', fixed('10000')],
      ['CertificateStoreMaxLength', fixed('10')],
      ['CpoName', { value: 'OCPP Gateway' }],
      ['SecurityProfile', { value: settings.password === undefined ? '0' : '1', accepts: isCount, reboot: true }],
    ]);
  }

  get(key: string): string {
    return this.#find(key)?.[1].value ?? '';
  }

  /** All keys for none asked; those unknown come back apart. */
  list(asked: readonly string[] = []): { known: ConfigurationEntry[]; unknown: string[] } {
    const found = asked.length > 0 ? asked.map((key) => this.#find(key)) : [...this.#keys];
    return {
      known: found.flatMap((entry) => (entry ? [asEntry(...entry)] : [])),
      unknown: asked.filter((key) => !this.#find(key)),
    };
  }

  change(name: string, value: string): ChangeStatus {
    const key = this.#find(name)?.[1];
    if (!key) return 'NotSupported';
    if (key.readonly || key.accepts?.(value) === false) return 'Rejected';
    key.value = value;
    key.apply?.(value);
    return key.reboot ? 'RebootRequired' : 'Accepted';
  }

  /** Keys are CiStrings: the letter case does not matter. */
  #find(name: string): [string, Key] | undefined {
    return [...this.#keys].find(([key]) => key.toLowerCase() === name.toLowerCase());
  }
}

function asEntry(key: string, { value, readonly = false, secret }: Key): ConfigurationEntry {
  return secret ? { key, readonly } : { key, readonly, value };
}
