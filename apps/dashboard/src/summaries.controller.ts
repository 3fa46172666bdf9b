/** National summaries: asked for, listed, and given out as what was issued. */
import { createHash } from 'node:crypto';
import { Body, Controller, Get, Headers, HttpCode, HttpStatus, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { issueSummaryJob, summaryMediaTypes, summaryRequestSchema, summaryView, type SummaryView } from '#contracts';
import { Needs } from '#access';
import { COUNTRY, windowIndex } from '#domain';
import { CLOCK, type Clock } from '#service';
import { ApiAnswer, ApiList, ApiProblems, refTo } from '#service/http';
import { JobQueue, QueueUnavailable } from '#queue';
import { SummaryRepository, SummaryRequests, type SummaryForm } from '#store';
import { InvalidWindow, NotFound, requireJson } from './requests.js';
import { given, notModified, whyNotAsked, whyNotGiven, whyNotListed } from './summaries.openapi.js';

/** Every summary is the country's. */
const national = { orElse: COUNTRY };
const documentName = /^(.+)\.(json|docx)$/;

/** What was issued never changes: whoever has it need not ask again for a year, and nobody between may keep it for others. */
const forEver = 'private, max-age=31536000, immutable';

@ApiTags('summaries')
@Controller('v1/summaries')
export class SummariesController {
  constructor(
    private readonly repository: SummaryRepository,
    private readonly requests: SummaryRequests,
    private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** A form can be sent from any site by whoever looks at it, JSON cannot: nothing else is taken. */
  @Post()
  @Needs('summaries.request', national)
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ summary: 'Asks for a national summary now; with nothing changed, the id of the one that there is' })
  @ApiBody({ required: true, schema: refTo('SummaryRequest') })
  @ApiAnswer('SummaryRequested', 'the id of the summary to wait for', { status: 202 })
  @ApiProblems(whyNotAsked)
  async request(@Body() body: unknown, @Headers('content-type') type: string | undefined): Promise<{ id: string }> {
    requireJson(type);
    const request = summaryRequestSchema.safeParse(body);
    if (!request.success) throw new InvalidWindow('the body is {"window": "2026-Q1"}, with a window from 2025 to 2030');
    const id = await this.requests.request(windowIndex(request.data.window) as number, this.now());
    await this.enqueue(id);
    return { id };
  }

  @Get()
  @Needs('summaries.read', national)
  @ApiOperation({ summary: 'The summaries, newest request first' })
  @ApiList('Summaries', 'the summaries, newest request first')
  @ApiProblems(whyNotListed)
  async list(): Promise<{ items: SummaryView[] }> {
    return { items: (await this.repository.list()).map(summaryView) };
  }

  @Get(':name')
  @Needs('summaries.read', national)
  @ApiOperation({ summary: 'A summary, or with .json or .docx behind its id the document' })
  @ApiParam({ name: 'name', example: 'VN-2026-Q1-r1.docx' })
  @ApiResponse(given)
  @ApiResponse(notModified)
  @ApiProblems(whyNotGiven)
  async get(
    @Param('name') name: string,
    @Headers('if-none-match') held: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = documentName.exec(name);
    if (document !== null) return this.document(document[1], document[2] as SummaryForm, held, reply);
    const summary = await this.repository.get(name);
    if (summary === undefined) throw new NotFound('there is no such summary');
    await reply.send(summaryView(summary));
  }

  private async document(id: string, form: SummaryForm, held: string | undefined, reply: FastifyReply): Promise<void> {
    const bytes = await this.repository.document(id, form);
    if (bytes === undefined) throw new NotFound('there is no such summary, or it is not issued');
    const tag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
    reply.header('etag', tag).header('cache-control', forEver);
    if (isHeld(tag, held)) {
      await reply.status(HttpStatus.NOT_MODIFIED).send();
      return;
    }
    // Shown where a browser can show it; saved under its own name.
    const place = form === 'json' ? 'inline' : 'attachment';
    reply.header('content-disposition', `${place}; filename="${id}.${form}"`);
    await reply.type(summaryMediaTypes[form]).send(bytes);
  }

  /** A job that Redis cannot take now is made up for by the reports service, which looks for summaries without one. */
  private async enqueue(id: string): Promise<void> {
    try {
      await this.queue.add(issueSummaryJob(id));
    } catch (error) {
      if (!(error instanceof QueueUnavailable)) throw error;
    }
  }
}

/** Whether a caller's `If-None-Match` names what there is. */
const isHeld = (tag: string, held: string | undefined): boolean =>
  held !== undefined &&
  (held.trim() === '*' || held.split(',').some((each) => each.trim().replace(/^W\//, '') === tag));
