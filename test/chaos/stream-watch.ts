/**
 * Opens live streams and closes them again, all the time, as browsers come and go: of communes, of provinces, of the country.
 *
 * A stream may be turned away for a while (503) or break off with the dashboard or what it needs. Any other answer is a fault of
 * the dashboard's.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { COUNTRY, provinces, units } from '#domain';
import { awaitedLater } from '#promises';
import type { Ground } from './ground.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

const WATCHERS = 6;
const OPEN_MS = [100, 4_000] as const;
const PAUSE_MS = [50, 700] as const;
/** Less than the second that a fault lasts before a stream has to be asked for during it. */
const INTO_FAULT_MS = 500;
const COMMUNE_SHARE = 0.7;
const PROVINCE_SHARE = 0.2;

type Random = () => number;
const communes = units.filter(({ level }) => level === 'commune');

export class StreamWatch {
  /** When a stream was asked for, milliseconds since the epoch; whether it opened or not. */
  readonly asked: number[] = [];
  opened = 0;
  /** Events that came. */
  events = 0;
  /** Answers that a browser can do nothing with. */
  readonly unexpected: string[] = [];
  private isOn = true;
  private readonly loops: Promise<unknown>;
  private readonly more: Promise<unknown>[] = [];

  constructor(
    private readonly ground: Ground,
    private readonly random: Random,
  ) {
    this.loops = awaitedLater(Promise.all(Array.from({ length: WATCHERS }, () => this.keepWatching())));
  }

  /** Asks for one more in the middle of a fault that has just begun: a short one would now and then fall between two others. */
  faultBegan(): void {
    this.more.push(awaitedLater(sleep(INTO_FAULT_MS).then(() => this.watchOne())));
  }

  /** Waits until a stream of the unit hands out an event; undefined where none has come in time. */
  async firstEvent(unit: string, withinMs: number): Promise<string | undefined> {
    const until = Date.now() + withinMs;
    while (Date.now() < until) {
      const text = await this.watch(unit, until - Date.now(), (received) => received.includes('event: rollup'));
      if (text.includes('event: rollup')) return text;
      await sleep(PAUSE_MS[1]);
    }
    return undefined;
  }

  async close(): Promise<void> {
    this.isOn = false;
    await Promise.all([this.loops, ...this.more]);
  }

  private async keepWatching(): Promise<void> {
    while (this.isOn) {
      await this.watchOne();
      await sleep(this.between(PAUSE_MS));
    }
  }

  private async watchOne(): Promise<void> {
    this.asked.push(Date.now());
    const text = await this.watch(this.someUnit(), this.between(OPEN_MS), () => !this.isOn);
    this.events += text.split('event: rollup').length - 1;
  }

  /** What a stream says until the time is over, or enough was said, or it breaks off. */
  private async watch(unit: string, ms: number, isEnough: (text: string) => boolean): Promise<string> {
    const leaving = new AbortController();
    const timer = setTimeout(() => leaving.abort(), ms);
    let text = '';
    try {
      const response = await authorizedFetch(`${this.ground.dashboard}/v1/stream?unit=${unit}`, {
        signal: leaving.signal,
      });
      this.judge(response, unit);
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        if (isEnough(text)) break;
      }
    } catch {
      // Left, or the dashboard is away.
    } finally {
      clearTimeout(timer);
      leaving.abort();
    }
    return text;
  }

  private judge({ status, headers }: Response, unit: string): void {
    const type = headers.get('content-type') ?? '';
    if (status === 200 && type.startsWith('text/event-stream')) this.opened += 1;
    // 408: so little processor was left that the server had not read the request in time; who is told that asks again.
    else if (status !== 503 && status !== 408)
      this.unexpected.push(`a stream of ${unit} was answered with ${status} ${type}`);
  }

  private someUnit(): string {
    const chance = this.random();
    if (chance > COMMUNE_SHARE + PROVINCE_SHARE) return COUNTRY;
    const among = chance > COMMUNE_SHARE ? provinces : communes;
    return among[Math.floor(this.random() * among.length)].code;
  }

  private between([least, most]: readonly [number, number]): number {
    return least + this.random() * (most - least);
  }
}
