/** The audit trail, for the auditor: who did what, newest first, within the unit that the auditor is for. */
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Needs, OWN_UNIT } from '#access';
import { auditedActions, type AuditEntry } from '#contracts';
import { reportersOf } from '#domain';
import { ApiList, ApiProblems, principalOf } from '#service/http';
import { AuditTrail, type TrailCursor } from '#store';
import { cursorQuery, limitQuery, unitSchema } from './parameters.js';
import { whyNotRead } from './problems.js';
import { InvalidParameter, limitFrom, parametersOf, unitFrom } from './requests.js';

const MOST = 1_000;
const USUAL = 100;
const DAY_MS = 86_400_000;
const CURSOR = /^([0-9]{1,15})_([0-9]{1,9}\|[0-9]{1,15})$/;
const daySchema = { type: 'string', format: 'date' } as const;

@ApiTags('audit')
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly trail: AuditTrail) {}

  @Get()
  @Needs('audit.read', { query: 'unit', orElse: OWN_UNIT })
  @ApiOperation({ operationId: 'audit', summary: 'Who did what, newest first, of a unit and what is under it' })
  @ApiQuery({ name: 'unit', required: false, schema: unitSchema })
  @ApiQuery({ name: 'what', required: false, schema: { type: 'string', enum: [...auditedActions] } })
  @ApiQuery({ name: 'who', required: false, schema: { type: 'string' }, description: "A principal's id" })
  @ApiQuery({ name: 'from', required: false, schema: daySchema, description: 'The first day, in Việt Nam' })
  @ApiQuery({ name: 'to', required: false, schema: daySchema, description: 'The last day, in Việt Nam' })
  @ApiQuery(limitQuery(USUAL, MOST))
  @ApiQuery(cursorQuery(CURSOR))
  @ApiList('AuditTrail', 'A page of entries')
  @ApiProblems(whyNotRead)
  async page(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<{ items: AuditEntry[]; next?: string }> {
    const asked = parametersOf(query, 'unit', 'what', 'who', 'from', 'to', 'limit', 'cursor');
    const unit = unitFrom(asked.unit ?? principalOf(request).unit);
    // What is about no unit is for whoever sees the whole country.
    const units = unit.level === 'country' ? undefined : reportersOf(unit).map(({ code }) => code);
    const { what, who } = asked;
    const limit = limitFrom(asked.limit, USUAL, MOST);
    const period = { from: dayFrom('from', asked.from), before: dayFrom('to', asked.to, DAY_MS) };
    const cursor = cursorFrom(asked.cursor);
    const { items, next } = await this.trail.page({ units, what, who, ...period, limit, cursor });
    return { items, ...(next === undefined ? {} : { next: `${next.at.getTime()}_${next.id}` }) };
  }
}

/** The moment at which a day begins in Việt Nam. @param later milliseconds after it */
const dayFrom = (name: string, text: string | undefined, later = 0): Date | undefined => {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00+07:00`) : NaN;
  if (Number.isNaN(at)) throw new InvalidParameter(`${name} is a day such as 2026-03-14`);
  return new Date(at + later);
};

const cursorFrom = (text: string | undefined): TrailCursor | undefined => {
  if (text === undefined) return undefined;
  const parts = CURSOR.exec(text);
  if (parts === null) throw new InvalidParameter("cursor is a page's next");
  return { at: new Date(Number(parts[1])), id: parts[2] };
};
