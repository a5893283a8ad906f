/** Values that OCPP 1.6 or 2.0.1 defines for what charge points report. A charge point may send others. */

const union = (...lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];

export const CONNECTOR_STATUSES = union(
  ['Available', 'Preparing', 'Charging', 'SuspendedEVSE', 'SuspendedEV', 'Finishing', 'Reserved', 'Unavailable'],
  ['Occupied', 'Faulted'],
);

export const ERROR_CODES = union(
  ['NoError', 'ConnectorLockFailure', 'EVCommunicationError', 'GroundFailure', 'HighTemperature', 'InternalError'],
  ['LocalListConflict', 'OtherError', 'OverCurrentFailure', 'OverVoltage', 'PowerMeterFailure', 'PowerSwitchFailure'],
  ['ReaderFailure', 'ResetFailure', 'UnderVoltage', 'WeakSignal'],
);

export const CHARGING_STATES = ['Charging', 'EVConnected', 'SuspendedEV', 'SuspendedEVSE', 'Idle'];

export const ID_TOKEN_TYPES = union([
  'Central',
  'eMAID',
  'ISO14443',
  'ISO15693',
  'KeyCode',
  'Local',
  'MacAddress',
  'NoAuthorization',
]);

export const ID_TOKEN_STATUSES = union(
  ['Accepted', 'Blocked', 'ConcurrentTx', 'Expired', 'Invalid', 'NoCredit', 'NotAllowedTypeEVSE'],
  ['NotAtThisLocation', 'NotAtThisTime', 'Unknown'],
);

export const STOP_REASONS = union(
  ['DeAuthorized', 'EmergencyStop', 'EnergyLimitReached', 'EVDisconnected', 'GroundFault', 'HardReset'],
  ['ImmediateReset', 'Local', 'LocalOutOfCredit', 'MasterPass', 'Other', 'OvercurrentFault', 'PowerLoss'],
  ['PowerQuality', 'Reboot', 'Remote', 'SOCLimitReached', 'SoftReset', 'StoppedByEV', 'TimeLimitReached', 'Timeout'],
  ['UnlockCommand'],
);

const ENERGIES = ['Active.Export', 'Active.Import', 'Reactive.Export', 'Reactive.Import'];

export const MEASURANDS = union(
  ENERGIES.map((each) => `Energy.${each}.Register`),
  ENERGIES.map((each) => `Energy.${each}.Interval`),
  ['Energy.Active.Net', 'Energy.Reactive.Net', 'Energy.Apparent.Net', 'Energy.Apparent.Import'],
  ['Energy.Apparent.Export', ...ENERGIES.map((each) => `Power.${each}`), 'Power.Factor', 'Power.Offered'],
  ['Current.Export', 'Current.Import', 'Current.Offered', 'Voltage', 'Frequency', 'SoC', 'Temperature', 'RPM'],
);

export const SAMPLE_CONTEXTS = union(
  ['Interruption.Begin', 'Interruption.End', 'Sample.Clock', 'Sample.Periodic', 'Transaction.Begin'],
  ['Transaction.End', 'Trigger', 'Other'],
);

export const PHASES = ['L1', 'L2', 'L3', 'N', 'L1-N', 'L2-N', 'L3-N', 'L1-L2', 'L2-L3', 'L3-L1'];

export const SAMPLE_LOCATIONS = ['Body', 'Cable', 'EV', 'Inlet', 'Outlet'];

export const FIRMWARE_STATUSES = union(
  ['Idle', 'DownloadScheduled', 'Downloading', 'DownloadPaused', 'Downloaded', 'DownloadFailed', 'SignatureVerified'],
  ['InvalidSignature', 'InstallScheduled', 'Installing', 'InstallRebooting', 'Installed', 'InstallationFailed'],
  ['InstallVerificationFailed'],
);

export const PUBLICATION_STATUSES = union(
  ['Idle', 'DownloadScheduled', 'Downloading', 'DownloadPaused', 'Downloaded', 'DownloadFailed', 'ChecksumVerified'],
  ['InvalidChecksum', 'Published', 'PublishFailed'],
);

export const UPLOAD_STATUSES = union(
  ['Idle', 'Uploading', 'Uploaded', 'UploadFailed', 'UploadFailure', 'BadMessage', 'NotSupportedOperation'],
  ['PermissionDenied', 'AcceptedCanceled'],
);
