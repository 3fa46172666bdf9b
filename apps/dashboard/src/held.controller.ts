/** Held corrections: those that wait with what each would change, those that were decided, and deciding them. */
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Needs, OWN_UNIT } from '#access';
import {
  acceptAllRequestSchema,
  maybeReasonRequestSchema,
  reasonRequestSchema,
  refuseAllRequestSchema,
} from '#contracts';
import { correctionPlace } from '#domain';
import { CLOCK, type Clock } from '#service';
import { ApiAnswer, ApiList, ApiProblems, principalOf, refTo } from '#service/http';
import { CorrectionDeciding, type Verdict } from './correction-deciding.js';
import { whyNotDecided, whyNotShown } from './decision.openapi.js';
import { askerOf, bodyOf, instantFrom, periodFrom, reportingUnitFrom } from './decision.requests.js';
import { HeldViews } from './held-views.js';
import { limitQuery, periodSchema, unitSchema } from './parameters.js';
import { limitFrom, NotFound, oneOf, parametersOf, unitFrom } from './requests.js';

const MOST = 1_000;
const USUAL = 200;
const ofCorrection = { name: 'id', example: '00004.c.2026-03.1773480601250', description: 'As a list names it' };

@ApiTags('decisions')
@Controller('v1/held')
export class HeldController {
  constructor(
    private readonly views: HeldViews,
    private readonly deciding: CorrectionDeciding,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @Needs('held.read', { query: 'unit', orElse: OWN_UNIT })
  @ApiOperation({ operationId: 'held', summary: 'Corrections of locked months that wait, or that were decided' })
  @ApiQuery({ name: 'unit', required: false, schema: unitSchema })
  @ApiQuery({ name: 'period', required: false, schema: periodSchema, description: 'A month' })
  @ApiQuery({
    name: 'decided',
    required: false,
    schema: { type: 'string', enum: ['true'] },
    description: 'true: those that were decided, with who, when and why',
  })
  @ApiQuery(limitQuery(USUAL, MOST))
  @ApiList('HeldCorrections', 'as many as were asked for, and how many there are')
  @ApiProblems(whyNotShown)
  async list(@Query() query: Record<string, unknown>, @Req() request: FastifyRequest): Promise<object> {
    const principal = principalOf(request);
    const {
      unit: code = principal.unit,
      period,
      decided,
      limit,
    } = parametersOf(query, 'unit', 'period', 'decided', 'limit');
    const unit = unitFrom(code);
    const isDecided = oneOf('decided', decided, ['true']) !== undefined;
    const asked = {
      unit,
      ...(period === undefined ? {} : { month: periodFrom(period) }),
      limit: limitFrom(limit, USUAL, MOST),
    };
    const found = await (isDecided ? this.views.decided(asked) : this.views.held(asked, principal));
    return { unit: unit.code, ...(period === undefined ? {} : { period }), ...found };
  }

  @Post('accept')
  @HttpCode(200)
  @Needs('months.decide')
  @ApiOperation({ operationId: 'acceptAllHeld', summary: "Accepts all that waits of a unit's month" })
  @ApiBody({ required: true, schema: refTo('AcceptAllRequest') })
  @ApiAnswer('DecidedCorrections', 'those that were accepted by it')
  @ApiProblems(whyNotDecided)
  acceptAll(@Req() request: FastifyRequest): Promise<object> {
    return this.all(request, acceptAllRequestSchema, 'correction.accepted');
  }

  @Post('refuse')
  @HttpCode(200)
  @Needs('months.decide')
  @ApiOperation({ operationId: 'refuseAllHeld', summary: "Refuses all that waits of a unit's month, and says why" })
  @ApiBody({ required: true, schema: refTo('RefuseAllRequest') })
  @ApiAnswer('DecidedCorrections', 'those that were refused by it')
  @ApiProblems(whyNotDecided)
  refuseAll(@Req() request: FastifyRequest): Promise<object> {
    return this.all(request, refuseAllRequestSchema, 'correction.refused');
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Needs('months.decide')
  @ApiOperation({ operationId: 'acceptHeld', summary: 'Accepts a correction: the cell says it from now on' })
  @ApiParam(ofCorrection)
  @ApiBody({ required: false, schema: refTo('MaybeReasonRequest') })
  @ApiAnswer('DecidedCorrection', 'what was decided')
  @ApiProblems(whyNotDecided)
  accept(@Param('id') id: string, @Req() request: FastifyRequest): Promise<object> {
    const { reason } = bodyOf(maybeReasonRequestSchema, request);
    return this.one(id, request, { type: 'correction.accepted', reason });
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Needs('months.decide')
  @ApiOperation({ operationId: 'refuseHeld', summary: 'Refuses a correction, and says why: the figure stays' })
  @ApiParam(ofCorrection)
  @ApiBody({ required: true, schema: refTo('ReasonRequest') })
  @ApiAnswer('DecidedCorrection', 'what was decided')
  @ApiProblems(whyNotDecided)
  refuse(@Param('id') id: string, @Req() request: FastifyRequest): Promise<object> {
    const { reason } = bodyOf(reasonRequestSchema, request);
    return this.one(id, request, { type: 'correction.refused', reason });
  }

  private one(id: string, request: FastifyRequest, verdict: Verdict): Promise<object> {
    const place = correctionPlace(id);
    if (place === undefined) throw new NotFound('there is no such correction');
    return this.deciding.one(askerOf(request), place, verdict);
  }

  private all(
    request: FastifyRequest,
    schema: typeof acceptAllRequestSchema | typeof refuseAllRequestSchema,
    type: Verdict['type'],
  ): Promise<object> {
    const { unit: code, period, upTo, reason } = bodyOf<AllRequest>(schema, request);
    const unit = reportingUnitFrom(code);
    const until = upTo === undefined ? this.now() : instantFrom(upTo);
    return this.deciding.all(askerOf(request), unit, periodFrom(period), until, { type, reason });
  }
}

interface AllRequest {
  readonly unit: string;
  readonly period: string;
  readonly upTo?: string;
  readonly reason?: string;
}
