/** Months of provinces: what stands, and submitting, locking and reopening them. */
import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Needs } from '#access';
import { lockRequestSchema, reasonRequestSchema, submitRequestSchema } from '#contracts';
import { ApiAnswer, ApiProblems, refTo } from '#service/http';
import { whyNotShown, whyNotSigned } from './decision.openapi.js';
import { askerOf, bodyOf, instantFrom, periodFrom, reportingUnitFrom } from './decision.requests.js';
import { MonthSigning } from './month-signing.js';
import { MonthViews, type MonthView } from './month-views.js';
import { periodSchema, provinceSchema, reportingUnitSchema } from './parameters.js';
import { parametersOf } from './requests.js';

const place = { param: 'unit' };
const ofUnit = { name: 'unit', schema: reportingUnitSchema, description: 'A province, or a commune' };
const ofProvince = { name: 'unit', schema: provinceSchema, description: 'A province' };
const ofPeriod = { name: 'period', schema: periodSchema, description: 'A month' };

@ApiTags('decisions')
@Controller('v1/months/:unit/:period')
export class MonthsController {
  constructor(
    private readonly views: MonthViews,
    private readonly signing: MonthSigning,
  ) {}

  @Get()
  @Needs('figures.read', place)
  @ApiOperation({ operationId: 'month', summary: 'A month with its state, who submitted, and the hash of its figures' })
  @ApiParam(ofUnit)
  @ApiParam(ofPeriod)
  @ApiAnswer('Month', 'the month as it stands')
  @ApiProblems(whyNotShown)
  get(
    @Param('unit') code: string,
    @Param('period') period: string,
    @Query() query: Record<string, unknown>,
  ): Promise<MonthView> {
    parametersOf(query);
    return this.views.view(reportingUnitFrom(code), periodFrom(period));
  }

  @Post('submit')
  @HttpCode(200)
  @Needs('months.submit', place)
  @ApiOperation({ operationId: 'submitMonth', summary: 'Answers for the own report of a month; it moves no figure' })
  @ApiParam(ofUnit)
  @ApiParam(ofPeriod)
  @ApiBody({ required: false, schema: refTo('SubmitRequest') })
  @ApiAnswer('Month', 'the month as it stands then')
  @ApiProblems(whyNotSigned)
  submit(
    @Param('unit') code: string,
    @Param('period') period: string,
    @Req() request: FastifyRequest,
  ): Promise<MonthView> {
    const { figures } = bodyOf(submitRequestSchema, request);
    return this.signing.submit(askerOf(request), reportingUnitFrom(code), periodFrom(period), figures);
  }

  @Post('lock')
  @HttpCode(200)
  @Needs('months.decide', place)
  @ApiOperation({
    operationId: 'lockMonth',
    summary: 'Locks the month of a province and its communes, as of what was seen',
  })
  @ApiParam(ofProvince)
  @ApiParam(ofPeriod)
  @ApiBody({ required: true, schema: refTo('LockRequest') })
  @ApiAnswer('Month', 'the month as it stands then')
  @ApiProblems(whyNotSigned)
  lock(
    @Param('unit') code: string,
    @Param('period') period: string,
    @Req() request: FastifyRequest,
  ): Promise<MonthView> {
    const { cutOff, figures } = bodyOf(lockRequestSchema, request);
    return this.signing.lock(
      askerOf(request),
      reportingUnitFrom(code),
      periodFrom(period),
      instantFrom(cutOff),
      figures,
    );
  }

  @Post('reopen')
  @HttpCode(200)
  @Needs('months.decide', place)
  @ApiOperation({ operationId: 'reopenMonth', summary: 'Reopens a locked month, and says why' })
  @ApiParam(ofProvince)
  @ApiParam(ofPeriod)
  @ApiBody({ required: true, schema: refTo('ReasonRequest') })
  @ApiAnswer('Month', 'the month as it stands then')
  @ApiProblems(whyNotSigned)
  reopen(
    @Param('unit') code: string,
    @Param('period') period: string,
    @Req() request: FastifyRequest,
  ): Promise<MonthView> {
    const { reason } = bodyOf(reasonRequestSchema, request);
    return this.signing.reopen(askerOf(request), reportingUnitFrom(code), periodFrom(period), reason);
  }
}
