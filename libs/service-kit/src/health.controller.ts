import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { Readiness } from './readiness.ts';

/** Liveness and readiness, without auth. */
@Controller('api/v1')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** The process answers: nothing else is asked, so that a dependency's outage never restarts us. */
  @Get('health')
  health(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(@Res() response: ServerResponse): Promise<void> {
    const state = await this.readiness.state();
    response.writeHead(state.status === 'ready' ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify(state));
  }
}
