/** The audit trail, for the auditor: who did what, newest first, within the unit that the auditor is for. */
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Needs, OWN_UNIT } from '#access';
import { auditedActions, type AuditEntry } from '#contracts';
import { reportersOf } from '#domain';
import { ApiAnswer, ApiProblems, principalOf } from '#service/http';
import { AuditTrail, type TrailCursor } from '#store';
import { InvalidParameter, limitFrom, parametersOf, unitFrom } from './requests.js';

const MOST = 1_000;
const USUAL = 100;

@ApiTags('audit')
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly trail: AuditTrail) {}

  @Get()
  @Needs('audit.read', { query: 'unit', orElse: OWN_UNIT })
  @ApiOperation({ operationId: 'audit', summary: 'Who did what, newest first, of a unit and what is under it' })
  @ApiQuery({ name: 'unit', required: false, schema: { type: 'string' }, example: '01' })
  @ApiQuery({ name: 'what', required: false, schema: { type: 'string', enum: [...auditedActions] } })
  @ApiQuery({ name: 'who', required: false, schema: { type: 'string' }, description: "A principal's id" })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: MOST, default: USUAL } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' }, description: "A page's `next`" })
  @ApiAnswer('AuditTrail', 'A page of entries')
  @ApiProblems({
    400: 'A parameter that is not known or means nothing: INVALID_PARAMETER',
    401: 'Nobody known asks: UNAUTHENTICATED',
    403: 'Not within what the caller may do: FORBIDDEN',
    404: 'No unit has this code: UNKNOWN_UNIT',
    503: 'MongoDB is away; Retry-After says when to come again',
  })
  async page(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<{ items: AuditEntry[]; next?: string }> {
    const asked = parametersOf(query, 'unit', 'what', 'who', 'limit', 'cursor');
    const unit = unitFrom(asked.unit ?? principalOf(request).unit);
    // What is about no unit is for whoever sees the whole country.
    const units = unit.level === 'country' ? undefined : reportersOf(unit).map(({ code }) => code);
    const { what, who } = asked;
    const limit = limitFrom(asked.limit, USUAL, MOST);
    const { items, next } = await this.trail.page({ units, what, who, limit, cursor: cursorFrom(asked.cursor) });
    return { items, ...(next === undefined ? {} : { next: `${next.at.getTime()}_${next.id}` }) };
  }
}

const cursorFrom = (text: string | undefined): TrailCursor | undefined => {
  if (text === undefined) return undefined;
  const parts = /^(\d{1,15})_(\d{1,9}\|\d{1,15})$/.exec(text);
  if (parts === null) throw new InvalidParameter("cursor is a page's next");
  return { at: new Date(Number(parts[1])), id: parts[2] };
};
