/** Where one is signed in, and the end of a session that one has left open somewhere. */
import { Body, Controller, Get, Headers, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignedIn } from '#access';
import { OwnSessions, type OwnSession, type PeopleConfig } from '#access/people';
import { endSessionsSchema } from '#contracts';
import { CONFIG } from '#service';
import { ApiAnswer, ApiProblems, principalOf, refTo } from '#service/http';
import { InvalidParameter, NotFound, requireJson, SignInAgain } from './requests.js';
import { askedFrom } from './sign-in.requests.js';

const unknown = 'Nobody known asks, or the page of another site: UNAUTHENTICATED';
const away = 'Redis does not answer, or the audit log';

@ApiTags('sign-in')
@Controller('v1/sessions')
export class SessionsController {
  constructor(
    private readonly own: OwnSessions,
    @Inject(CONFIG) private readonly config: PeopleConfig,
  ) {}

  @Get()
  @SignedIn()
  @ApiOperation({ operationId: 'sessions', summary: "Where one is signed in: one's own sessions, the newest first" })
  @ApiAnswer('Sessions', "the caller's own sessions")
  @ApiProblems({ 401: unknown, 503: away })
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ items: OwnSession[] }> {
    reply.header('cache-control', 'no-store');
    return { items: await this.own.list(request, principalOf(request)) };
  }

  @Post('end')
  @SignedIn()
  @HttpCode(200)
  @ApiOperation({ operationId: 'endSessions', summary: 'Ends a session of one’s own, or all but the present one' })
  @ApiBody({ required: true, schema: refTo('EndSessions') })
  @ApiAnswer('EndedSessions', 'they have ended, everywhere')
  @ApiProblems({
    400: 'The body is another: INVALID_PARAMETER',
    401: unknown,
    403: 'The sign-in was too long ago for any but the present one: SIGN_IN_AGAIN (/sign-in?again=true)',
    404: 'None of the caller has this name: NOT_FOUND',
    415: 'The body is not application/json: UNSUPPORTED_MEDIA_TYPE',
    503: away,
  })
  async end(
    @Body() body: unknown,
    @Headers('content-type') type: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<{ ended: number }> {
    requireJson(type);
    const asked = endSessionsSchema.safeParse(body);
    if (!asked.success) throw new InvalidParameter('the body is {"session": "…"} or {"others": true}');
    const ended = await this.own.end(askedFrom(request, this.config), principalOf(request), asked.data);
    if (ended === 'NOT_FOUND') throw new NotFound('there is no such session');
    if (ended === 'SIGN_IN_AGAIN') throw new SignInAgain('the sign-in was too long ago for this; sign in again first');
    return { ended };
  }
}
