/** Where the rollup topics come in and the live stream goes out. */
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OutgoingHttpHeaders } from 'node:http';
import { decodeWindowRollups } from '#contracts';
import { COUNTRY } from '#domain';
import type { KafkaMessage, RecordBatch } from '#platform';
import { LiveStream } from './live-stream.js';
import { unitFrom } from './requests.js';

const HEARTBEAT_MS = 15_000;

@ApiTags('stream')
@Controller('v1')
export class LiveController {
  constructor(private readonly live: LiveStream) {}

  @Get('stream')
  @ApiOperation({ summary: 'Server-sent events: one `rollup` event for each rollup of the unit that changes' })
  @ApiQuery({ name: 'unit', required: false, example: 'VN' })
  @ApiQuery({
    name: 'children',
    required: false,
    description: 'true: also the rollups of the provinces, and `reports` events, how far each has come',
  })
  stream(@Query() query: Record<string, unknown>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const unit = unitFrom(query.unit ?? COUNTRY);
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    response.write('retry: 1000\n\n');
    const beat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    response.on('close', () => clearInterval(beat));
    this.live.watch(unit, response, query.children === 'true');
  }

  @EventPattern('nationalRollups')
  async national(@Payload() { records }: RecordBatch): Promise<void> {
    if (this.live.isWatched(COUNTRY)) await this.windows(records);
  }

  @EventPattern('provinceRollups')
  async province(@Payload() { records }: RecordBatch): Promise<void> {
    const forParents = this.live.isWatchedByParents;
    await this.windows(records.filter(({ key }) => forParents || this.live.isWatched(unitOfKey(key))));
  }

  @EventPattern('communeRollups')
  async communes(@Payload() { records }: RecordBatch): Promise<void> {
    for (const { key, value, timestamp } of records) {
      if (value === null || !this.live.isWatched(unitOfKey(key))) continue;
      await this.live.onUnitMonth(value.toString(), isoOf(timestamp));
    }
  }

  private async windows(records: readonly KafkaMessage[]): Promise<void> {
    for (const { value, timestamp } of records) {
      const record = value === null ? undefined : decodeWindowRollups(value.toString());
      if (record !== undefined) await this.live.onWindow(record, isoOf(timestamp));
    }
  }
}

const unitOfKey = (key: KafkaMessage['key']): string => key?.toString().split('|')[0] ?? '';
const isoOf = (timestamp: string): string => new Date(Number(timestamp)).toISOString();
