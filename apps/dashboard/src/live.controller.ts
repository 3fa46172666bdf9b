/** Where the rollup topics come in and the live stream goes out. */
import type { OutgoingHttpHeaders } from 'node:http';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ApiHeader, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs, ON_LIMITED, OpenStreams, tooMany, type OnLimited, type Principal } from '#access';
import { COUNTRY } from '#domain';
import { CONFIG } from '#service';
import { ApiProblems, principalOf } from '#service/http';
import type { RecordBatch } from '#stream';
import { LiveSource } from './live-source.js';
import { LiveStream } from './live-stream.js';
import type { DashboardConfig } from './dashboard.config.js';
import { unitSchema, windowsSchema } from './parameters.js';
import { oneOf, parametersOf, unitFrom, windowsFrom } from './requests.js';

const streamDescription =
  'Open the stream, then read the figures: nothing is missed. `rollup`: a Rollup with `unit` and `window`; of one of which nothing ' +
  'live is left `percent` and `reporting` are null. `reports`: `unit`, `window`, `expected`, `reported`, `complete`. Every event has an ' +
  'id; who comes back with the last one gets what came since, or `resync`: events were missed, read everything anew.';
const HEARTBEAT_MS = 15_000;
/** Who asks again sooner finds them open still. */
const STREAM_PAUSE_SECONDS = 5;

@ApiTags('stream')
@Controller('v1')
export class LiveController {
  constructor(
    private readonly live: LiveStream,
    private readonly source: LiveSource,
    private readonly open: OpenStreams,
    @Inject(CONFIG) private readonly config: DashboardConfig,
    @Inject(ON_LIMITED) private readonly onLimited: OnLimited,
  ) {}

  @Get('stream')
  @Needs('figures.read', { query: 'unit', orElse: COUNTRY })
  @ApiOperation({
    operationId: 'stream',
    summary: 'Server-sent events: one `rollup` event for each rollup of the unit that changes',
    description: streamDescription,
  })
  @ApiQuery({ name: 'unit', required: false, schema: { ...unitSchema, default: 'VN' } })
  @ApiQuery({
    name: 'children',
    required: false,
    description: 'true: of the country also the rollups of the provinces, and `reports` events, how far each has come',
    schema: { type: 'string', enum: ['true', 'false'] },
  })
  @ApiQuery({
    name: 'window',
    required: false,
    description:
      'Only the rollups of these windows, separated by commas; without it those of all. Who wants others opens the stream anew, without ' +
      'an id. `reports` come of every month',
    schema: windowsSchema,
  })
  @ApiQuery({ name: 'lastEventId', required: false, schema: { type: 'string' }, description: 'As Last-Event-ID' })
  @ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'string' } })
  @ApiResponse({
    status: 200,
    description: 'Events without end',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  @ApiProblems({
    401: 'Nobody known asks',
    403: 'Not within what the caller may do',
    400: 'A parameter that is not known, or means nothing',
    404: 'No unit has this code',
  })
  stream(@Query() query: Record<string, unknown>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const asked = parametersOf(query, 'unit', 'children', 'window', 'lastEventId');
    const unit = unitFrom(asked.unit ?? COUNTRY);
    const children = oneOf('children', asked.children, ['true', 'false']) === 'true';
    const windows = asked.window === undefined ? undefined : windowsFrom(asked.window);
    const watcher = principalOf(request);
    this.requireFew(watcher);
    reply.hijack();
    const response = reply.raw;
    // It ends with its connection: so that an event is written to a thousand as it is, not as a chunk for each of them.
    response.removeHeader('transfer-encoding');
    response.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      connection: 'close',
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    response.write('retry: 1000\n\n');
    const beat = setInterval(() => {
      if (!response.writableNeedDrain) response.write(': still here\n\n');
    }, HEARTBEAT_MS);
    const closed = this.open.opened(watcher, () => response.destroy());
    response.on('close', () => {
      clearInterval(beat);
      closed();
    });
    const id = request.headers['last-event-id'] ?? asked.lastEventId;
    const lastId = typeof id === 'string' ? id : undefined;
    this.live.watch({ unit, children, windows }, response, lastId);
  }

  /** Throws `TooManyRequests` where the principal has as many open as it may. */
  private requireFew(principal: Principal): void {
    const most = principal.kind === 'person' ? this.config.STREAMS_PER_PERSON : this.config.STREAMS_PER_KEY;
    if (most === 0 || this.open.countOf(principal) < most) return;
    this.onLimited('streams');
    throw tooMany(`${most} streams are open already; close one first`, STREAM_PAUSE_SECONDS);
  }

  @EventPattern('nationalRollups')
  national(@Payload() batch: RecordBatch): void {
    this.source.take(batch, (record) => this.live.onWindow(record));
  }

  @EventPattern('provinceRollups')
  province(@Payload() batch: RecordBatch): void {
    this.source.take(batch, (record) => this.live.onWindow(record));
  }

  @EventPattern('communeRollups')
  communes(@Payload() batch: RecordBatch): void {
    this.source.take(batch, (record) => this.live.onUnitMonth(record));
  }
}
