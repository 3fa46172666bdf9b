/** What was sent to whom, and what became of it. Addresses are shown to whoever may see the contacts of the unit. */
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { may, Needs, OWN_UNIT, type Principal } from '#access';
import type { ReminderView } from '#contracts';
import { ictDay, monthIndex, unitOn } from '#domain';
import { CLOCK, type Clock } from '#service';
import { ApiList, ApiProblems, principalOf } from '#service/http';
import { ReminderRepository, type ReminderRecord } from '#store';
import { limitQuery, periodSchema, unitSchema } from './parameters.js';
import { whyNotRead } from './problems.js';
import { InvalidParameter, limitFrom, parametersOf, unitFrom } from './requests.js';

const MOST = 1_000;
const USUAL = 200;

@ApiTags('reminders')
@Controller('v1/reminders')
export class RemindersController {
  constructor(
    private readonly reminders: ReminderRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @Needs('reminders.read', { query: 'unit', orElse: OWN_UNIT })
  @ApiOperation({ operationId: 'reminders', summary: 'Reminders of a unit and what is under it, newest first' })
  @ApiQuery({ name: 'unit', required: false, schema: unitSchema })
  @ApiQuery({ name: 'period', required: false, schema: periodSchema, description: 'A month' })
  @ApiQuery(limitQuery(USUAL, MOST))
  @ApiList('Reminders', 'what was sent, to whom, and what became of it')
  @ApiProblems(whyNotRead)
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ unit: string; items: ReminderView[] }> {
    // It may hold addresses.
    reply.header('cache-control', 'no-store');
    const asked = parametersOf(query, 'unit', 'period', 'limit');
    const principal = principalOf(request);
    const unit = unitFrom(asked.unit ?? principal.unit);
    const { period } = asked;
    if (period !== undefined && monthIndex(period) === undefined)
      throw new InvalidParameter('period is a month such as 2026-03, from 2025 to 2030');
    const limit = limitFrom(asked.limit, USUAL, MOST);
    const found = await this.reminders.list({ unit: unit.code, level: unit.level, period, limit });
    const day = ictDay(this.now());
    return { unit: unit.code, items: found.map((reminder) => viewOf(reminder, principal, day)) };
  }
}

const viewOf = (reminder: ReminderRecord, principal: Principal, day: string): ReminderView => {
  const { id, unit, period, step, channel, state, about, to, attempts, reason, plannedAt, settledAt } = reminder;
  return {
    id,
    unit,
    name: unitOn(unitFrom(unit), day).fullName,
    period,
    step,
    channel,
    state,
    about,
    ...(to !== undefined && may(principal, 'contacts.read', unit) ? { to } : {}),
    attempts,
    ...(reason ? { reason } : {}),
    plannedAt: plannedAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
  };
};
