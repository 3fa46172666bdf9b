/** Reference data: the catalogue, the plans, the administrative units. */
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { catalogue, ictDay, plans, unitOn, units } from '#domain';
import { CLOCK, type Clock } from './dashboard.config.js';

@ApiTags('reference')
@Controller('v1')
export class ReferenceController {
  constructor(@Inject(CLOCK) private readonly now: Clock) {}

  @Get('catalogue')
  @ApiOperation({ summary: 'The 29 indicators' })
  catalogue(): unknown {
    return catalogue;
  }

  @Get('plans')
  @ApiOperation({ summary: "The provinces' plans and their targets" })
  plans(): unknown {
    return { plans };
  }

  @Get('units')
  @ApiOperation({ summary: 'Country, provinces and communes, with the names in force today' })
  @ApiQuery({ name: 'level', required: false, enum: ['country', 'province', 'commune'] })
  @ApiQuery({ name: 'parent', required: false, example: '01' })
  units(@Query('level') level?: string, @Query('parent') parent?: string): unknown {
    const day = ictDay(this.now());
    const items = units
      .filter(
        (unit) => (level === undefined || unit.level === level) && (parent === undefined || unit.parent === parent),
      )
      .map((unit) => unitOn(unit, day));
    return { items };
  }
}
