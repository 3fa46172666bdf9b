/** The months of a unit with all its indicators in one answer: what a line over a year and the year before is drawn of. */
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NeedsAndHolds } from '#access';
import { monthCode, type Unit } from '#domain';
import { ApiList, ApiProblems } from '#service/http';
import { RollupReader } from '#store';
import { FigureAnswers, notModified } from './conditional.js';
import { monthFrom } from './decision.requests.js';
import { periodSchema, unitSchema } from './parameters.js';
import { whyNotRead } from './problems.js';
import { InvalidParameter, parametersOf, unitFrom } from './requests.js';

/** Two years. */
const MOST_MONTHS = 24;

@ApiTags('rollups')
@Controller('v1')
export class MonthlyController {
  constructor(
    private readonly reader: RollupReader,
    private readonly answers: FigureAnswers,
  ) {}

  @Get('rollups/monthly')
  @NeedsAndHolds('figures.read', { query: 'unit' })
  @ApiOperation({ operationId: 'monthly', summary: "A unit's figures month by month, up to two years of them" })
  @ApiQuery({ name: 'unit', schema: unitSchema })
  @ApiQuery({ name: 'from', schema: periodSchema, description: 'The first month' })
  @ApiQuery({ name: 'to', schema: { ...periodSchema, example: '2026-12' }, description: 'The last one' })
  @ApiList('MonthlyRollups', 'The figures that exist, the oldest month first; with an ETag')
  @ApiResponse(notModified)
  @ApiProblems(whyNotRead)
  async monthly(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = parametersOf(query, 'unit', 'from', 'to');
    const unit = unitFrom(asked.unit);
    const months = monthsFrom(asked.from, asked.to);
    await this.answers.send(request, reply, () => this.figuresOf(unit, months));
  }

  private async figuresOf(unit: Unit, months: readonly number[]): Promise<unknown> {
    const found = await this.reader.monthly(unit, months);
    const [from, to] = [months[0], months[months.length - 1]].map(monthCode);
    return { unit: unit.code, from, to, items: found.map(({ breakdown: _parts, ...item }) => item) };
  }
}

const monthsFrom = (first: unknown, last: unknown): number[] => {
  const [from, to] = [monthFrom('from', first), monthFrom('to', last)];
  if (from > to || to - from >= MOST_MONTHS)
    throw new InvalidParameter(`from is not later than to, and there are ${MOST_MONTHS} months at most`);
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
};
