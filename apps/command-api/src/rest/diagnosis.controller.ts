import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { Diagnoses } from '../reads/diagnoses.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';

const check = z
  .object({
    name: z
      .enum(['registration', 'connection', 'handshakes', 'credentials', 'reconnects', 'boot', 'conversation'])
      .describe('What was checked'),
    state: z
      .enum(['ok', 'problem', 'unknown'])
      .describe('unknown: it could not be checked, because a store is away or nothing is recorded'),
    says: z
      .string()
      .describe('What was found, in words')
      .meta({ examples: ['Its latest BootNotification was Accepted.'] }),
    to_do: z.string().nullable().describe('What to do; null when there is nothing to do'),
  })
  .meta({ id: 'DiagnosisCheck' });

const diagnosis = z
  .object({
    cp_id: z.string().describe('Identity of the charge point, as it is registered'),
    summary: z
      .string()
      .describe('The first problem, or that there is none')
      .meta({ examples: ['No problem was found.'] }),
    checks: z.array(check).describe('What was checked, in the order in which a charge point meets it'),
  })
  .meta({ id: 'Diagnosis' });

@Group('conversations')
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id/diagnosis')
export class DiagnosisController {
  constructor(@Inject(Diagnoses) private readonly diagnoses: Diagnoses) {}

  @Get()
  @ApiOperation({
    summary: 'Get why a charge point cannot connect or is not Accepted',
    description:
      'Checks in words: is it registered, which handshakes were refused and why, credentials, reconnects, its latest BootNotification, and ' +
      'what is wrong in its recorded conversation of the last day. It also answers for an identity that is not registered.',
  })
  @ApiResponse({ status: 200, description: 'The diagnosis', standardSchema: diagnosis })
  @ApiProblems()
  async getDiagnosis(@Param('cp_id', { schema: cpId }) charger: string): Promise<z.infer<typeof diagnosis>> {
    return render(diagnosis, await this.diagnoses.of(charger));
  }
}
