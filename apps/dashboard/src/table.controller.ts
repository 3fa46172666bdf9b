/** The table of a unit's children by indicators, in one answer: who is ahead, who is behind, and since when. */
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NeedsAndHolds } from '#access';
import { previousWindow, windowCode } from '#domain';
import { CLOCK, type Clock } from '#service';
import { ApiList, ApiProblems } from '#service/http';
import { CutOffs } from '#stream';
import { asOfAnswer, asOfQuery, closedInstant } from './as-of.js';
import { FigureAnswers, notModified } from './conditional.js';
import { groupQuery, indicatorGroups, unitSchema, windowSchema } from './parameters.js';
import { whyNoFigures } from './problems.js';
import { oneOf, parametersOf, unitFrom, windowFrom } from './requests.js';
import { TableView } from './table-view.js';

@ApiTags('rollups')
@Controller('v1')
export class TableController {
  constructor(
    private readonly view: TableView,
    @Inject(CLOCK) private readonly now: Clock,
    private readonly cutOffs: CutOffs,
    private readonly answers: FigureAnswers,
  ) {}

  @Get('units/:code/table')
  @NeedsAndHolds('figures.read', { param: 'code' })
  @ApiOperation({
    operationId: 'table',
    summary: 'Every child of a unit with its indicators, targets and the window before',
  })
  @ApiParam({ name: 'code', schema: unitSchema })
  @ApiQuery({ name: 'window', schema: windowSchema })
  @ApiQuery(groupQuery)
  @ApiQuery(asOfQuery)
  @ApiList('Table', 'One row for each child; with an ETag')
  @ApiResponse(notModified)
  @ApiProblems(whyNoFigures)
  async table(
    @Param('code') code: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = parametersOf(query, 'window', 'group', 'asOf');
    const unit = unitFrom(code);
    const window = windowFrom(asked.window);
    const group = oneOf('group', asked.group, indicatorGroups);
    const at = await closedInstant(asked.asOf, this.now(), this.cutOffs);
    const earlier = previousWindow(window);
    const before = earlier === undefined ? null : windowCode(earlier);
    const head = { unit: unit.code, window: windowCode(window), before, ...asOfAnswer(at) };
    await this.answers.send(request, reply, async () => ({
      ...head,
      rows: await this.view.rows(unit, window, group, this.now(), at),
    }));
  }
}
