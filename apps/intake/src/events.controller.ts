/** `POST /v1/events`: one event, a batch, or one in binary mode; and the handshake of whoever delivers events by webhook. */
import { applyDecorators, Controller, HttpStatus, Options, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isJson, utf8Text } from '#contracts';
import { AuditedRefusals, Forbidden, Needs, Open, RateLimits } from '#access';
import { withoutMark } from '#domain';
import { causeOf, principalOf, sendProblem } from '#service/http';
import { eventsOf, type RequestEvents } from './cloudevents-http.js';
import { answers, binaryHeaders } from './events.openapi.js';
import { IntakeService } from './intake.service.js';
import { Room } from './room.js';

const METHODS = 'POST, OPTIONS';

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly intake: IntakeService,
    private readonly room: Room,
    private readonly limits: RateLimits,
    private readonly refusals: AuditedRefusals,
  ) {}

  @Post()
  @Needs('events.publish')
  @ApiOperation({
    summary: 'Publish one indicator event, a batch of up to 1,000, or one in binary mode (ce- headers)',
    description: 'The body may come with Content-Encoding: gzip.',
  })
  @applyDecorators(...binaryHeaders.map((header) => ApiHeader(header)))
  @applyDecorators(...answers.map((answer) => ApiResponse(answer)))
  async receive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
    const received = eventsOf({ headers: request.headers, rawHeaders: request.raw.rawHeaders }, body);
    const sender = principalOf(request);
    // The request itself has cost a point.
    this.limits.charge(sender, received.sent.length - 1);
    const answer = await this.room.within(body.length, () =>
      this.intake.take(received, Date.now(), sender, causeOf(request)).catch(async (error: unknown) => {
        if (error instanceof Forbidden) await this.refusals.eventsOf(String(error.context.unit), sender, request.ip);
        throw error;
      }),
    );
    if (answer.accepted > 0) {
      await reply.status(HttpStatus.ACCEPTED).send(answer);
      return;
    }
    const status = isReadable(received) ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.BAD_REQUEST;
    const problem = { type: 'about:blank', title: 'No event was accepted', status, ...answer };
    await sendProblem(reply, problem);
  }

  /** A sender asks whether it may deliver here (CloudEvents HTTP webhooks, 4): anyone may, who keeps to 429. */
  @Options()
  @Open()
  @ApiOperation({ summary: 'The handshake of CloudEvents webhooks, and which methods there are' })
  @ApiHeader({ name: 'WebHook-Request-Origin', required: false, schema: { type: 'string' }, example: 'events.example' })
  @ApiResponse({ status: 200, description: 'The sender may deliver', headers: handshakeHeaders() })
  @ApiResponse({ status: 204, description: 'Allow says which methods there are' })
  async handshake(@Req() { headers }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.header('allow', METHODS);
    const origin = headers['webhook-request-origin'];
    if (typeof origin !== 'string') {
      await reply.status(HttpStatus.NO_CONTENT).send();
      return;
    }
    reply.header('webhook-allowed-origin', origin).header('webhook-allowed-rate', '*');
    await reply.status(HttpStatus.OK).send();
  }
}

function handshakeHeaders() {
  const header = (description: string) => ({ description, schema: { type: 'string' as const } });
  return {
    'WebHook-Allowed-Origin': header('The origin that asked'),
    'WebHook-Allowed-Rate': header('`*`: who comes too fast is told by 429'),
  };
}

/** Whether a request that is one event is JSON. Of a batch it is known that it is an array. */
const isReadable = ({ sent, isBatch }: RequestEvents): boolean => {
  const text = isBatch ? '[]' : utf8Text(sent[0].raw);
  return text !== undefined && (text === '' || isJson(withoutMark(text)));
};
