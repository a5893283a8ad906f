import { BACKEND_PATHS, registerAnswer, type registerData } from '@ocpp-gw/contracts/backend';
import type { Registration, RegistrationQuery } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { z } from 'zod';
import type { AskBackend } from './backend-client.ts';

type RegisterData = z.infer<typeof registerData>;

/** How long a charge point waits before it boots again when no decision was possible. */
const RETRY_SECONDS = 60;

export interface RegisteringStation {
  cpId: string;
  protocol: string;
  /** The registration that Postgres has of earlier boots. */
  persisted: Registration['status'] | null;
}

/** Decides a boot: by the backend, or without it by what is known. Never rejects. */
export class Registrar {
  constructor(
    private readonly backend: AskBackend | null,
    private readonly heartbeatSeconds: number,
    private readonly logger: Logger,
    /** Called for the metrics: a charge point has to wait because nobody could decide. */
    private readonly undecided: () => void,
  ) {}

  async register(station: RegisteringStation, query: RegistrationQuery): Promise<Registration> {
    // Without a backend the handshake has decided.
    if (!this.backend) return { status: 'Accepted', intervalSeconds: this.heartbeatSeconds };
    try {
      const answer = await this.backend.ask(
        BACKEND_PATHS.register,
        station.cpId,
        toData(station.protocol, query),
        registerAnswer,
      );
      const usual = answer.status === 'Accepted' ? this.heartbeatSeconds : RETRY_SECONDS;
      return { status: answer.status, intervalSeconds: answer.heartbeat_interval_s ?? usual };
    } catch (err) {
      const registration: Registration =
        station.persisted === 'Accepted'
          ? { status: 'Accepted', intervalSeconds: this.heartbeatSeconds }
          : { status: 'Pending', intervalSeconds: RETRY_SECONDS };
      if (registration.status === 'Pending') this.undecided();
      this.logger.warn('backend did not decide a boot, keeping the known registration', {
        cpId: station.cpId,
        status: registration.status,
        err,
      });
      return registration;
    }
  }
}

function toData(protocol: string, query: RegistrationQuery): RegisterData {
  return {
    protocol,
    vendor: query.vendor,
    model: query.model,
    ...(query.serialNumber === undefined ? {} : { serial_number: query.serialNumber }),
    ...(query.firmwareVersion === undefined ? {} : { firmware_version: query.firmwareVersion }),
    ...(query.reason === undefined ? {} : { reason: query.reason }),
  };
}
