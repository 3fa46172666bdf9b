/** Signing in and out, and who one is: what the page begins with. */
import { Controller, Get, HttpStatus, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actionsFor, Open, OpenLimited, type Principal } from '#access';
import { demoUsers } from '#access/demonstration';
import { isSameOrigin, offersDemoUsers, SignIn, type PeopleConfig } from '#access/people';
import { ictDay, unitOf, unitOn, type Unit } from '#domain';
import { CLOCK, CONFIG, type Clock } from '#service';
import { ApiAnswer, ApiProblems } from '#service/http';
import { CrossSite, oneOf, parametersOf } from './requests.js';
import { askedFrom } from './sign-in.requests.js';
import { refusedPage } from './sign-in.pages.js';

const unavailable = { 503: 'The OpenID provider, or Redis, does not answer' };
const limited = { 429: 'More is asked than the caller or its address may' };
const noStore = 'no-store';

@ApiTags('sign-in')
@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    @Inject(CONFIG) private readonly config: PeopleConfig,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @OpenLimited()
  @Get('sign-in')
  @ApiOperation({ operationId: 'signIn', summary: 'Sends a browser to the OpenID provider, to sign in' })
  @ApiQuery({ name: 'to', required: false, schema: { type: 'string' }, description: 'The path here where it goes on' })
  @ApiQuery({ name: 'as', required: false, schema: { type: 'string' }, description: 'As whom; the provider decides' })
  @ApiQuery({
    name: 'again',
    required: false,
    schema: { type: 'string', enum: ['true'] },
    description: 'true: the provider asks anew who it is, whoever is signed in there',
  })
  @ApiResponse({ status: 302, description: 'To the provider' })
  @ApiProblems({ 400: 'A parameter that is not known', ...limited, ...unavailable })
  async begin(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { to, as, again } = parametersOf(query, 'to', 'as', 'again');
    const how = { as, again: oneOf('again', again, ['true']) !== undefined };
    const { to: provider, cookies } = await this.signIn.begin(askedFrom(request, this.config), to, how);
    await reply.header('set-cookie', cookies).header('cache-control', noStore).redirect(provider, 302);
  }

  @OpenLimited()
  @Get('sign-in/callback')
  @ApiOperation({ operationId: 'signInCallback', summary: 'Where the provider sends the browser back to' })
  @ApiResponse({ status: 302, description: 'Signed in: to the page, with the session in a cookie' })
  @ApiResponse({
    status: 403,
    description: 'Not signed in: a page that says why',
    content: { 'text/html': { schema: { type: 'string' } } },
  })
  @ApiProblems({ ...limited, ...unavailable })
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [, query = ''] = request.url.split(/\?(.*)/s);
    const outcome = await this.signIn.finish(askedFrom(request, this.config), query);
    reply.header('set-cookie', outcome.cookies).header('cache-control', noStore);
    if ('to' in outcome) await reply.redirect(outcome.to, 302);
    else await reply.status(403).type('text/html; charset=utf-8').send(refusedPage(outcome.refused));
  }

  @Open()
  @Post('sign-out')
  @ApiOperation({ operationId: 'signOut', summary: 'Ends the session, everywhere; without one nothing happens' })
  @ApiAnswer('SignedOut', 'There is no session any more here; the browser is to go on to the provider')
  @ApiResponse({ status: 204, description: 'There is no session any more' })
  @ApiProblems({ 403: 'Asked by the page of another site', ...limited, 503: 'Redis does not answer' })
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    if (!isSameOrigin(request.method, request.headers)) throw new CrossSite('only a page of this service signs out');
    const { provider, cookies } = await this.signIn.end(askedFrom(request, this.config));
    reply.header('set-cookie', cookies);
    // Nothing of what was shown stays with the browser.
    reply.header('clear-site-data', '"cache", "storage"').header('cache-control', noStore);
    reply.status(provider === undefined ? HttpStatus.NO_CONTENT : HttpStatus.OK);
    return provider === undefined ? undefined : { provider };
  }

  @Open()
  @Get('v1/me')
  @ApiOperation({ operationId: 'me', summary: 'Who asks: name, roles and unit; nobody is an answer too' })
  @ApiAnswer('Me', 'who asks, or that nobody does and how to sign in')
  @ApiProblems({ ...limited, ...unavailable })
  me(@Req() { principal }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): object {
    reply.header('cache-control', noStore);
    if (principal !== undefined) return { signedIn: { ...this.described(principal), may: actionsFor(principal) } };
    const users = offersDemoUsers(this.config) ? demoUsers : [];
    return { signedIn: null, demoUsers: users.map((user) => ({ ...this.described(user), id: user.id })) };
  }

  private described({ name, roles, unit: code }: Pick<Principal, 'name' | 'roles' | 'unit'>) {
    const unit = unitOn(unitOf(code) as Unit, ictDay(this.now()));
    return { name, roles, unit: code, unitName: unit.fullName, level: unit.level, parent: unit.parent || null };
  }
}
