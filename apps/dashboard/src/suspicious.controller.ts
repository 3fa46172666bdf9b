/** Figures of a unit and of those under it that somebody is to ask about. */
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NeedsAndHolds } from '#access';
import { ictDay, indicators, monthCode, reportersOf, unitOn, windowCode, type Unit } from '#domain';
import { CLOCK, type Clock } from '#service';
import { ApiList, ApiProblems } from '#service/http';
import { FigureAnswers, notModified } from './conditional.js';
import { reportingUnitFrom } from './decision.requests.js';
import { limitQuery, reportingUnitSchema, windowSchema } from './parameters.js';
import { whyNotRead } from './problems.js';
import { limitFrom, parametersOf, windowFrom } from './requests.js';
import { figureView, SuspiciousFigures, suspicionView } from './suspicious-cells.js';

const MOST = 1_000;
const USUAL = 200;

@ApiTags('rollups')
@Controller('v1')
export class SuspiciousController {
  constructor(
    private readonly suspicious: SuspiciousFigures,
    @Inject(CLOCK) private readonly now: Clock,
    private readonly answers: FigureAnswers,
  ) {}

  @Get('units/:code/suspicious')
  @NeedsAndHolds('figures.read', { param: 'code' })
  @ApiOperation({
    operationId: 'suspicious',
    summary: 'Figures unlike what their unit reported before, or reports beside them: to be asked about',
  })
  @ApiParam({ name: 'code', schema: reportingUnitSchema, description: 'A province, or a commune' })
  @ApiQuery({ name: 'window', schema: windowSchema })
  @ApiQuery(limitQuery(USUAL, MOST))
  @ApiList('SuspiciousFigures', 'The newest month first, and how many there are; with an ETag')
  @ApiResponse(notModified)
  @ApiProblems({ ...whyNotRead, 400: 'A parameter that means nothing: INVALID_PARAMETER, INVALID_WINDOW' })
  async list(
    @Param('code') code: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = parametersOf(query, 'window', 'limit');
    const unit = reportingUnitFrom(code);
    const window = windowFrom(asked.window);
    const limit = limitFrom(asked.limit, USUAL, MOST);
    await this.answers.send(request, reply, () => this.listOf(unit, window, limit));
  }

  private async listOf(unit: Unit, window: number, limit: number): Promise<unknown> {
    const found = await this.suspicious.in(reportersOf(unit), window);
    const day = ictDay(this.now());
    const items = found.slice(0, limit).map((cell) => ({
      unit: cell.unit.code,
      name: unitOn(cell.unit, day).fullName,
      period: monthCode(cell.month),
      indicator: indicators[cell.indicator].code,
      ...figureView(cell),
      ...suspicionView(cell),
    }));
    return { unit: unit.code, window: windowCode(window), total: found.length, items };
  }
}
