import type { z } from 'zod';
import type { CamelKeys } from './names.ts';
import type { localListEntry } from './send-local-list.ts';
import type { certificateHash, certificateUse } from './shared/certificate-hash.ts';
import type { chargingProfile, chargingProfilePurpose, chargingSchedule } from './shared/charging-profile.ts';
import type { attribute, attributeType, component, monitorType, variable } from './shared/device-model.ts';
import type { displayMessage } from './shared/display-message.ts';
import type { networkConnection } from './shared/network-connection.ts';

/** Parts of commands that events and mirrored state have as well, independent of the OCPP version. */

type OnTheBus<S extends z.ZodType> = CamelKeys<z.output<S>>;

export type ComponentRef = OnTheBus<typeof component>;
export type VariableRef = OnTheBus<typeof variable>;
export type AttributeType = z.output<typeof attributeType>;
/** Actual when no attribute is named. */
export type AttributeRef = OnTheBus<z.ZodObject<typeof attribute>>;
export type MonitorType = z.output<typeof monitorType>;
export type DisplayMessage = OnTheBus<typeof displayMessage>;
export type NetworkConnection = OnTheBus<typeof networkConnection>;
export type LocalListEntry = OnTheBus<typeof localListEntry>;
/** Identifies one certificate (CertificateHashDataType of the security whitepaper), hexadecimal. */
export type CertificateHash = OnTheBus<z.ZodObject<typeof certificateHash>>;
/** 1.6 has the first two; 2.0.1 calls the first CSMSRootCertificate. */
export type CertificateUse = z.output<typeof certificateUse>;
/** 1.6 calls the first ChargePointMaxProfile. It has no equivalent of the last, which only the charge point sets. */
export type ChargingProfilePurpose = z.output<typeof chargingProfilePurpose>;
export type ChargingSchedule = OnTheBus<typeof chargingSchedule>;
export type SettableChargingProfile = OnTheBus<typeof chargingProfile>;
/** A profile of any purpose, also of the one that only the charge point sets. */
export type ChargingProfile = Omit<SettableChargingProfile, 'purpose'> & { purpose: ChargingProfilePurpose };

export interface ConfigurationKey {
  key: string;
  readonly: boolean;
  value?: string;
}
