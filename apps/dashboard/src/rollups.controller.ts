/** Rollups, completeness and rejections: ready-made figures, read. */
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs, NeedsAndHolds, OWN_UNIT, seesEverything, type Principal } from '#access';
import {
  childrenOf,
  completenessOf,
  completenessTogether,
  deadlinesOf,
  ictDay,
  monthsOfWindow,
  unitOn,
  windowCode,
  windowKind,
  type Calendar,
  type Unit,
} from '#domain';
import { CLOCK, type Clock } from '#service';
import { ApiList, ApiProblems, principalOf } from '#service/http';
import { CALENDAR, RollupReader } from '#store';
import { CutOffs } from '#stream';
import { asOfAnswer, asOfQuery, closedInstant } from './as-of.js';
import { FigureAnswers, notModified } from './conditional.js';
import { indicatorSchema, limitQuery, unitSchema, windowSchema } from './parameters.js';
import { whyNoFigures } from './problems.js';
import { indicatorFrom, limitFrom, parametersOf, unitFrom, windowFrom } from './requests.js';
import { RefusalViews } from './refusal-views.js';
import { RollupView } from './rollup-view.js';

/** Whose refusals are meant where none is named: the caller's own, or everybody's. */
const ownUnit = (principal: Principal): string | undefined => (seesEverything(principal) ? undefined : principal.unit);

const MAX_REJECTIONS = 1_000;
const DEFAULT_REJECTIONS = 100;

type Parameters = Record<string, unknown>;

@ApiTags('rollups')
@Controller('v1')
export class RollupsController {
  constructor(
    private readonly view: RollupView,
    private readonly reader: RollupReader,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(CALENDAR) private readonly calendar: Calendar,
    private readonly cutOffs: CutOffs,
    private readonly refusals: RefusalViews,
    private readonly answers: FigureAnswers,
  ) {}

  @Get('rollups')
  @NeedsAndHolds('figures.read', { query: 'unit' })
  @ApiOperation({ operationId: 'rollups', summary: "A unit's rollups for a window" })
  @ApiQuery({ name: 'unit', schema: unitSchema })
  @ApiQuery({ name: 'window', schema: windowSchema })
  @ApiQuery({ name: 'indicator', required: false, schema: indicatorSchema })
  @ApiQuery(asOfQuery)
  @ApiList('Rollups', 'The rollups that exist: none where nothing live is reported; with an ETag')
  @ApiResponse(notModified)
  @ApiProblems(whyNoFigures)
  async rollups(@Query() query: Parameters, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = parametersOf(query, 'unit', 'window', 'indicator', 'asOf');
    const unit = unitFrom(asked.unit);
    const window = windowFrom(asked.window);
    const only = asked.indicator === undefined ? undefined : indicatorFrom(asked.indicator);
    const at = await closedInstant(asked.asOf, this.now(), this.cutOffs);
    await this.answers.send(request, reply, async () => {
      const items = await this.view.items(unit, window, at);
      return {
        unit: unit.code,
        window: windowCode(window),
        ...asOfAnswer(at),
        items: only === undefined ? items : items.filter(({ indicator }) => indicator === only),
      };
    });
  }

  @Get('units/:code/children')
  @NeedsAndHolds('figures.read', { param: 'code' })
  @ApiOperation({ operationId: 'children', summary: 'One row for each child of a unit, reported or not' })
  @ApiParam({ name: 'code', schema: unitSchema })
  @ApiQuery({ name: 'window', schema: windowSchema })
  @ApiQuery({ name: 'indicator', schema: indicatorSchema })
  @ApiQuery(asOfQuery)
  @ApiList('Children', 'One row for each child; with an ETag')
  @ApiResponse(notModified)
  @ApiProblems(whyNoFigures)
  async children(
    @Param('code') code: string,
    @Query() query: Parameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = parametersOf(query, 'window', 'indicator', 'asOf');
    const unit = unitFrom(code);
    const window = windowFrom(asked.window);
    const indicator = indicatorFrom(asked.indicator);
    const at = await closedInstant(asked.asOf, this.now(), this.cutOffs);
    const head = { unit: unit.code, window: windowCode(window), indicator, ...asOfAnswer(at) };
    await this.answers.send(request, reply, async () => ({
      ...head,
      items: await this.view.children(unit, window, indicator, this.now(), at),
    }));
  }

  @Get('completeness')
  @NeedsAndHolds('figures.read', { query: 'unit' })
  @ApiOperation({
    operationId: 'completeness',
    summary:
      'Reports (unit × month) expected, complete, on time, late and missing, which units, and by when a month is due',
  })
  @ApiQuery({ name: 'unit', schema: unitSchema })
  @ApiQuery({ name: 'window', schema: windowSchema })
  @ApiList('Completeness', 'Counts, and units by what at least one of their reports is; with an ETag')
  @ApiResponse(notModified)
  @ApiProblems(whyNoFigures)
  async completeness(
    @Query() query: Parameters,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = parametersOf(query, 'unit', 'window');
    const unit = unitFrom(asked.unit);
    const window = windowFrom(asked.window);
    await this.answers.send(request, reply, () => this.completenessIn(unit, window));
  }

  private async completenessIn(unit: Unit, window: number): Promise<unknown> {
    const reportsOf = await this.reader.reports(unit, window);
    const of = (some: Unit) => completenessOf(some, window, reportsOf, this.now(), this.calendar);
    const day = ictDay(this.now());
    const parts = childrenOf(unit.code).map((child) => ({ child, part: of(child) }));
    const children = parts.map(({ child, part: { units: _units, ...counts } }) => ({
      unit: child.code,
      name: unitOn(child, day).fullName,
      ...counts,
    }));
    const whole = unit.level === 'country' ? completenessTogether(parts.map(({ part }) => part)) : of(unit);
    return { unit: unit.code, window: windowCode(window), ...this.due(window), ...whole, children };
  }

  /** By when a month is due; a longer window has no day of its own. */
  private due(window: number): { deadlines?: Readonly<Record<string, string>> } {
    if (windowKind(window) !== 'month') return {};
    const { commune, province } = deadlinesOf(monthsOfWindow(window)[0], this.calendar);
    return { deadlines: { commune: new Date(commune).toISOString(), province: new Date(province).toISOString() } };
  }

  @Get('rejections')
  @Needs('refusals.read', { query: 'unit', orElse: OWN_UNIT })
  @ApiOperation({ operationId: 'rejections', summary: 'Refused events of a unit and of those under it, newest first' })
  @ApiQuery({ name: 'unit', required: false, schema: unitSchema })
  @ApiQuery(limitQuery(DEFAULT_REJECTIONS, MAX_REJECTIONS))
  @ApiList('Rejections', 'The refusals')
  @ApiProblems(whyNoFigures)
  async rejections(@Query() query: Parameters, @Req() request: FastifyRequest): Promise<unknown> {
    const principal = principalOf(request);
    const asked = parametersOf(query, 'unit', 'limit');
    const code = asked.unit === undefined ? ownUnit(principal) : asked.unit;
    const unit = code === undefined ? undefined : unitFrom(code);
    const limit = limitFrom(asked.limit, DEFAULT_REJECTIONS, MAX_REJECTIONS);
    const items = await this.refusals.newest(unit, limit);
    return { ...(unit === undefined ? {} : { unit: unit.code }), items };
  }
}
