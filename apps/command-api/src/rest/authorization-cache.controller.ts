import { Controller, Delete, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { AuthorizeEntries } from '@ocpp-gw/redis';
import { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';

const idToken = z.string().min(1).max(255).describe('Id token, in any letter case');

const removal = z
  .object({ removed: z.int().describe('Number of cached answers that were removed: one for each type of the token') })
  .meta({ id: 'AuthorizationCacheRemoval', examples: [{ removed: 2 }] });

/** The answers of the backend about id tokens that the gateway keeps for a while. */
@Group('authorization')
@RequireScope('admin')
@Controller('api/v1/authorization-cache')
export class AuthorizationCacheController {
  constructor(@Inject(AuthorizeEntries) private readonly entries: AuthorizeEntries) {}

  @Delete(':id_token')
  @ApiOperation({
    summary: 'Remove the cached authorizations of an id token',
    description:
      'The gateway removes the answers of the backend about this token, whatever type it has, and asks the backend again when a ' +
      'charge point sends it next. The caches within charge points stay as they are; the command clear-cache empties one.',
  })
  @ApiResponse({ status: 200, description: 'How many answers were removed', standardSchema: removal })
  @ApiProblems()
  async removeCachedAuthorization(
    @Param('id_token', { schema: idToken }) token: string,
  ): Promise<z.infer<typeof removal>> {
    return { removed: await this.entries.remove(token) };
  }
}
