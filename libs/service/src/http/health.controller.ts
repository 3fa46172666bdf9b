/**
 * What both HTTP services share: health and metrics.
 */
import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Needs, Open } from '#access';
import { ApiProblems } from './api-description.js';
import { METRICS_TYPE } from '../probe-server.js';
import { ServiceWatch } from '../service-watch.js';

const readinessSchema = {
  type: 'object',
  required: ['status', 'parts'],
  properties: {
    status: { type: 'string', enum: ['ok', 'unavailable'] },
    parts: { type: 'object', description: 'What the service needs', additionalProperties: { type: 'boolean' } },
    why: {
      type: 'object',
      description: 'Of each part that is not there, the reason',
      additionalProperties: { type: 'string' },
    },
  },
};
const refusals = {
  401: 'Nobody known asks: UNAUTHENTICATED',
  403: 'For an operator, or whoever METRICS_TOKEN names: FORBIDDEN',
};
const healthSchema = {
  type: 'object',
  required: ['status'],
  properties: { status: { type: 'string', enum: ['ok'] } },
};

@ApiTags('operation')
@Controller()
export class HealthController {
  constructor(private readonly probes: ServiceWatch) {}

  @Get('healthz')
  @Open()
  @ApiOperation({ summary: 'Whether the process runs' })
  @ApiResponse({ status: 200, description: 'It does', content: { 'application/json': { schema: healthSchema } } })
  health(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Open()
  @ApiOperation({ summary: 'Whether the service can do its work now' })
  @ApiResponse({ status: 200, description: 'It can', content: { 'application/json': { schema: readinessSchema } } })
  @ApiResponse({ status: 503, description: 'It cannot', content: { 'application/json': { schema: readinessSchema } } })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const report = await this.probes.readiness();
    await reply.status(report.status === 'ok' ? 200 : 503).send(report);
  }

  @Get('metrics')
  @Needs('metrics.read')
  @ApiOperation({ summary: "The process's metrics, in the text format of Prometheus" })
  @ApiResponse({ status: 200, description: 'Metrics', content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiProblems(refusals)
  @Header('content-type', METRICS_TYPE)
  metrics(): Promise<string> {
    return this.probes.metrics();
  }
}
