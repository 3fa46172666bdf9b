/** National summaries: asked for, listed, and given out as what was issued. */
import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { issueSummaryJob, summaryMediaTypes, summaryRequestSchema, summaryView } from '#contracts';
import { windowIndex } from '#domain';
import { JobQueue, QueueUnavailable } from '#platform/queues';
import { SummaryRepository, SummarySource } from '#store';
import { CLOCK, type Clock } from './dashboard.config.js';
import { InvalidWindow, NotFound } from './requests.js';

const documentName = /^(.+)\.(json|docx)$/;

@ApiTags('summaries')
@Controller('v1/summaries')
export class SummariesController {
  constructor(
    private readonly repository: SummaryRepository,
    private readonly source: SummarySource,
    private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ summary: 'Asks for a national summary now; with nothing changed, the id of the one that there is' })
  @ApiBody({ schema: { type: 'object', properties: { window: { type: 'string', example: '2026-Q1' } } } })
  async request(@Body() body: unknown): Promise<{ id: string }> {
    const request = summaryRequestSchema.safeParse(body);
    if (!request.success) throw new InvalidWindow('the body is {"window": "2026-Q1"}, with a window from 2025 to 2030');
    const window = windowIndex(request.data.window) as number;
    const id = await this.source.request(this.repository, window, this.now());
    await this.enqueue(id);
    return { id };
  }

  @Get()
  @ApiOperation({ summary: 'The summaries, newest request first' })
  async list(): Promise<unknown> {
    return { items: (await this.repository.list()).map(summaryView) };
  }

  @Get(':name')
  @ApiOperation({ summary: 'A summary, or with .json or .docx behind its id the document' })
  @ApiParam({ name: 'name', example: 'VN-2026-Q1-r1.docx' })
  async get(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const document = documentName.exec(name);
    if (document !== null) return this.document(document[1], document[2] as 'json' | 'docx', reply);
    const summary = await this.repository.get(name);
    if (summary === undefined) throw new NotFound('there is no such summary');
    await reply.send(summaryView(summary));
  }

  private async document(id: string, kind: 'json' | 'docx', reply: FastifyReply): Promise<void> {
    const bytes = await this.repository.document(id, kind);
    if (bytes === undefined) throw new NotFound('there is no such summary, or it is not issued');
    if (kind === 'docx') reply.header('content-disposition', `attachment; filename="${id}.docx"`);
    await reply.type(summaryMediaTypes[kind]).send(bytes);
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
