/** `POST /v1/events`: one event, a batch, or one in binary mode. */
import { Controller, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '#platform';
import { BATCH, eventsOf, isJson, SINGLE } from './cloudevents-http.js';
import { IntakeService } from './intake.service.js';
import { Room } from './room.js';

const answerSchema = {
  type: 'object',
  properties: {
    received: { type: 'integer' },
    accepted: { type: 'integer' },
    rejected: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          index: { type: 'integer' },
          id: { type: 'string', nullable: true },
          code: { type: 'string', example: 'NUMERATOR_EXCEEDS_DENOMINATOR' },
          pointer: { type: 'string', example: '/data/numerator' },
          detail: { type: 'string' },
        },
      },
    },
  },
} as const;

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly intake: IntakeService,
    private readonly room: Room,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Publish one indicator event, a batch of up to 1,000, or one in binary mode (ce- headers)' })
  @ApiConsumes(SINGLE, BATCH, 'application/json')
  @ApiBody({ schema: { type: 'object', description: 'A CloudEvent 1.0, or an array of them' } })
  @ApiResponse({
    status: 202,
    description: 'At least one event is accepted and acknowledged by Kafka',
    schema: answerSchema,
  })
  @ApiResponse({ status: 400, description: 'The body is not JSON (application/problem+json)', schema: answerSchema })
  @ApiResponse({ status: 422, description: 'No event is accepted (application/problem+json)', schema: answerSchema })
  @ApiResponse({ status: 429, description: 'Too many at once; Retry-After says when to come again' })
  @ApiResponse({ status: 503, description: 'Kafka is away and nothing was taken; Retry-After says when to come again' })
  async receive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
    const received = eventsOf(request.headers, body);
    const answer = await this.room.within(body.length, () => this.intake.take(received, Date.now()));
    if (answer.accepted > 0) {
      await reply.status(HttpStatus.ACCEPTED).send(answer);
      return;
    }
    const status = received.events.every(isJson) ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.BAD_REQUEST;
    const problem = { type: 'about:blank', title: 'No event was accepted', status, ...answer };
    await sendProblem(reply, problem);
  }
}
