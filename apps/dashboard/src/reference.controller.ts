/** Reference data: the catalogue, the plans, the administrative units. */
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isWithin, seesEverything, SignedIn, forbidden, type Principal } from '#access';
import { catalogue, ictDay, plans, unitOf, unitOn, units, type Unit } from '#domain';
import { CLOCK, CONFIG, type Clock } from '#service';
import { ApiAnswer, ApiList, ApiProblems, principalOf } from '#service/http';
import { sendTagged, tagged } from './conditional.js';
import type { DashboardConfig } from './dashboard.config.js';
import { unitSchema } from './parameters.js';
import { oneOf, parametersOf, unitFrom } from './requests.js';

const levels = ['country', 'province', 'commune'] as const;
type Parameters = Record<string, unknown>;
const badParameter = {
  401: 'Nobody known asks: UNAUTHENTICATED',
  400: 'A parameter that is not known, or means nothing',
};

@ApiTags('reference')
@Controller('v1')
export class ReferenceController {
  constructor(
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CONFIG) private readonly config: DashboardConfig,
  ) {}

  @Get('catalogue')
  @SignedIn()
  @ApiOperation({
    operationId: 'catalogue',
    summary: 'The 29 indicators, and below which share of reports a figure is provisional',
  })
  @ApiList('Catalogue', 'The indicators; with an ETag, 304 to whoever names it in If-None-Match')
  @ApiProblems(badParameter)
  catalogue(@Query() query: Parameters, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    parametersOf(query);
    sendTagged(
      request,
      reply,
      tagged(JSON.stringify({ ...catalogue, provisionalBelow: this.config.PROVISIONAL_BELOW })),
    );
  }

  @Get('plans')
  @SignedIn()
  @ApiOperation({ operationId: 'plans', summary: "The provinces' plans and their targets" })
  @ApiAnswer('Plans', 'The plans; with an ETag, 304 to whoever names it in If-None-Match')
  @ApiProblems(badParameter)
  plans(@Query() query: Parameters, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    parametersOf(query);
    sendTagged(request, reply, tagged(JSON.stringify({ plans })));
  }

  @Get('units')
  @SignedIn()
  @ApiOperation({ operationId: 'units', summary: 'Country, provinces and communes, with the names in force today' })
  @ApiQuery({ name: 'level', required: false, schema: { type: 'string', enum: [...levels] } })
  @ApiQuery({ name: 'parent', required: false, schema: unitSchema })
  @ApiList('Units', 'The units; with an ETag, 304 to whoever names it in If-None-Match')
  @ApiProblems({ ...badParameter, 404: 'No unit has the code that is given as parent' })
  units(@Query() query: Parameters, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const asked = parametersOf(query, 'level', 'parent');
    const level = oneOf('level', asked.level, levels);
    const principal = principalOf(request);
    const parent = asked.parent === undefined ? undefined : parentFrom(asked.parent, principal);
    const day = ictDay(this.now());
    const items = units
      .filter(
        (unit) => (level === undefined || unit.level === level) && (parent === undefined || unit.parent === parent),
      )
      .filter((unit) => isSeen(unit, principal))
      .map((unit) => unitOn(unit, day));
    sendTagged(request, reply, tagged(JSON.stringify({ items })));
  }
}

/** The units under the caller's own, itself, and those above it: of the others it is not said that there are any. */
const isSeen = (unit: Unit, principal: Principal): boolean =>
  isWithin(principal, unit.code) || isWithin({ ...principal, unit: unit.code }, principal.unit);

/** A unit that the caller does not see is the same as one that there is not. */
const parentFrom = (code: string, principal: Principal): string => {
  const unit = seesEverything(principal) ? unitFrom(code) : unitOf(code);
  if (unit === undefined || !isSeen(unit, principal)) throw forbidden();
  return unit.code;
};
