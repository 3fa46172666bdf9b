/**
 * `npm run publish -- FILE.ndjson [--http URL]`: publishes a file of events, one CloudEvent a line, with progress.
 *
 * No line holds up another: what is refused is named by its line, and everything after it goes on. Exit status 0 where nothing was
 * refused, 1 where something was or the file did not get through, 2 where the command was called wrongly.
 */
import { parseArgs } from 'node:util';
import { MAX_EVENT_BYTES } from '#domain';
import { awaitedLater } from '#promises';
import { eventLines, fileBytes, MAX_LINE_BYTES, type EventLine } from './event-lines.js';
import type { LineSender, WholeLine } from './line-sender.js';
import { progressLine, type Progress } from './progress-line.js';
import { ownKey, type OwnKey } from './own-key.js';
import { httpSender } from './publish-http.js';
import { kafkaSender } from './publish-kafka.js';
import { RefusedLines } from './refused-lines.js';
import { vi } from './say.js';

const usage = `npm run publish -- FILE.ndjson[.gz] [--http http://127.0.0.1:8081]
  Mỗi dòng một CloudEvent; "-" là đầu vào chuẩn. / One CloudEvent a line; "-" is standard input.
  Mã thoát 1 khi có dòng bị từ chối. / Exit status 1 where a line is refused.
`;

const BATCH = 1_000;
/** Bytes of a batch: the intake takes several times as much. */
const BATCH_BYTES = 2_000_000;
/** Batches under way at once: enough to keep the broker busy, few enough to need little memory. */
const AT_ONCE = 4;

export const publishCommand = async (args: string[]): Promise<number> => {
  const asked = argumentsOf(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const publication = new Publication();
  let key: OwnKey | undefined;
  let fault: unknown;
  try {
    if (asked.http !== undefined) key = await ownKey(process.env, 'reporter');
    const sender = asked.http === undefined ? await kafkaSender(process.env) : httpSender(asked.http, key?.token);
    try {
      await publication.publish(eventLines(fileBytes(asked.file)), sender);
    } finally {
      await sender.close();
    }
  } catch (error) {
    fault = error;
  } finally {
    await key?.end();
  }
  for (const line of publication.report()) process.stdout.write(`${line}\n`);
  if (fault !== undefined) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    process.stderr.write(
      `Dừng giữa chừng; gửi lại cả tệp không sao. / Stopped; publishing the whole file again does no harm.\n`,
    );
    process.stderr.write(`  ${asked.file}: ${reason}\n`);
  }
  return fault === undefined && publication.refused.total === 0 ? 0 : 1;
};

const argumentsOf = (args: string[]): { file: string; http?: string } | undefined => {
  try {
    const { values, positionals } = parseArgs({ args, options: { http: { type: 'string' } }, allowPositionals: true });
    const isAddress = values.http === undefined || URL.canParse(values.http);
    return positionals.length === 1 && isAddress ? { file: positionals[0], ...values } : undefined;
  } catch {
    return undefined;
  }
};

/** One file on its way. */
export class Publication {
  readonly refused = new RefusedLines();
  private sent = 0;
  private readonly startedAt = Date.now();

  constructor(private readonly progress: Progress = progressLine('{value} sự kiện, {pace}/giây')) {}

  /** Resolves when every line is acknowledged or refused. Rejects when a batch cannot be sent; what was under way is waited for. */
  async publish(lines: AsyncIterable<EventLine>, sender: LineSender): Promise<void> {
    const underWay = new Set<Promise<void>>();
    try {
      for await (const batch of this.batches(lines)) {
        const sending = awaitedLater(this.send(batch, sender).finally(() => underWay.delete(sending)));
        underWay.add(sending);
        if (underWay.size >= AT_ONCE) await Promise.race(underWay);
      }
      await Promise.all(underWay);
    } finally {
      await Promise.allSettled(underWay);
      this.progress.stop();
    }
  }

  report(): readonly string[] {
    const seconds = (Date.now() - this.startedAt) / 1_000;
    const pace = vi(Math.round(this.sent / seconds));
    return [
      `Đã gửi ${vi(this.sent)} sự kiện trong ${vi(seconds)} giây (${pace}/giây) / events published`,
      ...this.refused.report(),
    ];
  }

  private async send(batch: readonly WholeLine[], sender: LineSender): Promise<void> {
    for (const refused of await sender.send(batch)) this.refused.add(refused);
    this.sent += batch.length;
    const pace = Math.round((this.sent / (Date.now() - this.startedAt)) * 1_000);
    // How many a file has is known at its end.
    this.progress.show(this.sent, this.sent, { pace: vi(pace) });
  }

  private async *batches(lines: AsyncIterable<EventLine>): AsyncGenerator<WholeLine[]> {
    let batch: WholeLine[] = [];
    let size = 0;
    for await (const { number, bytes } of lines) {
      if (bytes === undefined) {
        this.refused.add({ line: number, code: 'TOO_LARGE', detail: tooLong });
        continue;
      }
      if (batch.length >= BATCH || size + bytes.length > BATCH_BYTES) {
        yield batch;
        batch = [];
        size = 0;
      }
      batch.push({ number, bytes });
      size += bytes.length;
    }
    if (batch.length > 0) yield batch;
  }
}

const tooLong = `over ${MAX_LINE_BYTES} bytes: not sent; an event has at most ${MAX_EVENT_BYTES}`;
