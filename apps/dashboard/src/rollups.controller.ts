/** Rollups, completeness and rejections: ready-made figures, read. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { childrenOf, completenessOf, ictDay, unitOn, windowCode, type Unit } from '#domain';
import { RollupReader } from '#store';
import { CLOCK, DASHBOARD_CONFIG, type Clock, type DashboardConfig } from './dashboard.config.js';
import { indicatorFrom, unitFrom, windowFrom } from './requests.js';
import { RollupView } from './rollup-view.js';

const MAX_REJECTIONS = 1_000;
const DEFAULT_REJECTIONS = 100;

@ApiTags('rollups')
@Controller('v1')
export class RollupsController {
  constructor(
    private readonly view: RollupView,
    private readonly reader: RollupReader,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(DASHBOARD_CONFIG) private readonly config: DashboardConfig,
  ) {}

  @Get('rollups')
  @ApiOperation({ summary: "A unit's rollups for a window" })
  @ApiQuery({ name: 'unit', example: 'VN' })
  @ApiQuery({ name: 'window', example: '2026-Q1' })
  @ApiQuery({ name: 'indicator', required: false, example: 'b' })
  async rollups(@Query() query: Record<string, unknown>): Promise<unknown> {
    const unit = unitFrom(query.unit);
    const window = windowFrom(query.window);
    const only = query.indicator === undefined ? undefined : indicatorFrom(query.indicator);
    const items = await this.view.items(unit, window);
    return {
      unit: unit.code,
      window: windowCode(window),
      items: only === undefined ? items : items.filter(({ indicator }) => indicator === only),
    };
  }

  @Get('units/:code/children')
  @ApiOperation({ summary: 'One row for each child of a unit, reported or not' })
  @ApiParam({ name: 'code', example: '01' })
  @ApiQuery({ name: 'window', example: '2026-03' })
  @ApiQuery({ name: 'indicator', example: 'b' })
  async children(@Param('code') code: string, @Query() query: Record<string, unknown>): Promise<unknown> {
    const unit = unitFrom(code);
    const window = windowFrom(query.window);
    const indicator = indicatorFrom(query.indicator);
    const items = await this.view.children(unit, window, indicator, this.now());
    return { unit: unit.code, window: windowCode(window), indicator, items };
  }

  @Get('completeness')
  @ApiOperation({ summary: 'Reports (unit × month) expected, complete, on time, late and missing, and which units' })
  @ApiQuery({ name: 'unit', example: '01' })
  @ApiQuery({ name: 'window', example: '2026-03' })
  async completeness(@Query() query: Record<string, unknown>): Promise<unknown> {
    const unit = unitFrom(query.unit);
    const window = windowFrom(query.window);
    const reportsOf = await this.reader.reports(unit, window);
    const of = (some: Unit) => completenessOf(some, window, reportsOf, this.now(), this.deadlines());
    const day = ictDay(this.now());
    const children = childrenOf(unit.code).map((child) => {
      const { units: _units, ...counts } = of(child);
      return { unit: child.code, name: unitOn(child, day).fullName, ...counts };
    });
    return { unit: unit.code, window: windowCode(window), ...of(unit), children };
  }

  @Get('rejections')
  @ApiOperation({ summary: 'Refused events, newest first' })
  @ApiQuery({ name: 'unit', required: false, example: '00004' })
  @ApiQuery({ name: 'limit', required: false, example: 100 })
  async rejections(@Query() query: Record<string, unknown>): Promise<unknown> {
    const unit = typeof query.unit === 'string' ? query.unit : undefined;
    const asked = Number(query.limit ?? DEFAULT_REJECTIONS);
    const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_REJECTIONS) : DEFAULT_REJECTIONS;
    const found = await this.reader.rejections(unit, limit);
    const items = found.map(({ _id, version: _version, receivedAt, ...rejection }) => ({
      ...rejection,
      receivedAt: receivedAt.toISOString(),
    }));
    return { ...(unit === undefined ? {} : { unit }), items };
  }

  private deadlines() {
    return { communeDay: this.config.COMMUNE_DEADLINE_DAY, provinceDay: this.config.PROVINCE_DEADLINE_DAY };
  }
}
