/**
 * Asks the dashboard for national summaries at random moments, and follows what becomes of them.
 *
 * What was promised (an id) must be issued in the end, once, and what was issued must never change: the checksum that was seen
 * first is held against the one at the end, and against the stored bytes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { fromExactJson, toExactJson, type Rollup } from '#domain';
import { connectStore, sha256, summaryModel, type SummaryDocument } from '#store';
import { awaitedLater } from '#promises';
import type { Ground } from './ground.js';
import { Signal } from './signal.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

const WINDOWS = ['2026-Q1', '2026-Q2', '2026-09', '2026-10', '2026-H1', '2026-9M'];
const ANSWER_MS = 15_000;
const EVERY_MS = [3_000, 8_000] as const;
const LOOK_MS = 1_000;

interface Listed {
  readonly id: string;
  readonly status: string;
  readonly checksum: string | null;
  readonly waiting?: { readonly for: string; readonly left: number | null } | null;
}

export class SummaryRequests {
  /** Ids that were promised, and when. */
  readonly promised = new Map<string, number>();
  /** From asking to being seen issued. */
  readonly issued = new Signal();
  /** Requests that the dashboard did not promise anything to. */
  turnedAway = 0;
  private readonly firstSeen = new Map<string, string>();
  /** What those that are not issued waited for when they were last looked at. */
  private readonly waiting = new Map<string, string>();
  private isOn = true;
  private readonly loops: Promise<unknown>;

  constructor(
    private readonly ground: Ground,
    private readonly random: () => number,
  ) {
    this.loops = awaitedLater(Promise.all([this.keepAsking(), this.keepLooking()]));
  }

  /** Asks for no more. */
  async close(): Promise<void> {
    this.isOn = false;
    await this.loops;
  }

  /** Asks until the answer is an id. */
  async request(window: string, withinMs: number): Promise<string | undefined> {
    for (const until = Date.now() + withinMs; Date.now() < until; await sleep(LOOK_MS)) {
      const id = await this.ask(window);
      if (id !== undefined) return id;
    }
    return undefined;
  }

  /** Waits until everything promised is issued; returns what is not, and what it waits for. */
  async settled(withinMs: number): Promise<string[]> {
    const until = Date.now() + withinMs;
    for (;;) {
      await this.look();
      const left = [...this.promised.keys()].filter((id) => !this.firstSeen.has(id));
      if (left.length === 0 || Date.now() > until)
        return left.map((id) => `${id} is not issued (${this.waiting.get(id) ?? 'not seen'})`);
      await sleep(LOOK_MS);
    }
  }

  /** What is wrong with the stored summaries. */
  async faults(): Promise<string[]> {
    const connection = await connectStore({ MONGODB_URI: this.ground.mongodb });
    try {
      const stored = (await summaryModel(connection).find().lean().exec()) as unknown as SummaryDocument[];
      return [...this.lost(stored), ...stored.flatMap((summary) => this.wrong(summary)), ...twice(stored)];
    } finally {
      await connection.close();
    }
  }

  /** How an issued summary's figures differ from those of the country's rollups, by indicator. */
  async differences(id: string, window: string, rollups: ReadonlyMap<string, Rollup>): Promise<string[]> {
    const response = await authorizedFetch(`${this.ground.dashboard}/v1/summaries/${id}.json`);
    const { indicators } = fromExactJson(await response.text()) as {
      indicators: { indicator: string; reporting: { reported: number } }[];
    };
    return indicators.flatMap((found) => {
      const expected = rollups.get(`VN|${window}|${found.indicator}`);
      if (expected === undefined)
        return found.reporting.reported === 0 ? [] : [`${id} ${found.indicator}: not expected`];
      const names = Object.keys(expected);
      const same = names.every((name) => text(found, name) === text(expected, name));
      return same ? [] : [`${id} ${found.indicator}: expected ${toExactJson(expected)}, found ${toExactJson(found)}`];
    });
  }

  private async keepAsking(): Promise<void> {
    const [least, most] = EVERY_MS;
    while (this.isOn) {
      await this.pause(least + this.random() * (most - least));
      if (this.isOn) await this.ask(WINDOWS[Math.floor(this.random() * WINDOWS.length)]);
    }
  }

  private async keepLooking(): Promise<void> {
    while (this.isOn) {
      await this.look();
      await sleep(LOOK_MS);
    }
  }

  private async pause(ms: number): Promise<void> {
    for (const until = Date.now() + ms; this.isOn && Date.now() < until;) await sleep(200);
  }

  private async ask(window: string): Promise<string | undefined> {
    try {
      const response = await authorizedFetch(`${this.ground.dashboard}/v1/summaries`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ window }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (response.status !== 202) throw new Error(`answered ${response.status}`);
      const { id } = (await response.json()) as { id: string };
      if (!this.promised.has(id)) this.promised.set(id, Date.now());
      return id;
    } catch {
      this.turnedAway += 1;
      return undefined;
    }
  }

  private async look(): Promise<void> {
    try {
      const response = await authorizedFetch(`${this.ground.dashboard}/v1/summaries`, {
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const { items } = (await response.json()) as { items: Listed[] };
      for (const { id, status, checksum, waiting } of items) {
        this.waiting.set(id, waiting ? `${status}, ${waiting.for}: ${waiting.left}` : status);
        if (status !== 'issued' || checksum === null || this.firstSeen.has(id)) continue;
        this.firstSeen.set(id, checksum);
        const askedAt = this.promised.get(id);
        if (askedAt !== undefined) this.issued.note(askedAt, Date.now());
      }
    } catch {
      // The dashboard is away, which is what happens here.
    }
  }

  private lost(stored: readonly SummaryDocument[]): string[] {
    const ids = new Set(stored.map(({ _id }) => _id));
    return [...this.promised.keys()].filter((id) => !ids.has(id)).map((id) => `${id} was promised and is not there`);
  }

  private wrong({ _id, status, checksum, json, window, revision }: SummaryDocument): string[] {
    if (status !== 'issued' || json === undefined) return [`${_id} is ${status}`];
    const bytes = Buffer.from((json as unknown as { buffer: Uint8Array }).buffer);
    const content = fromExactJson(bytes.toString()) as { window: string; revision: number };
    const seen = this.firstSeen.get(_id) ?? checksum;
    return [
      ...(sha256(bytes) === checksum ? [] : [`${_id}: the checksum is not that of the stored bytes`]),
      ...(seen === checksum ? [] : [`${_id} changed after it was issued`]),
      ...(content.window === window && content.revision === revision ? [] : [`${_id} says that it is another one`]),
    ];
  }
}

const text = (figure: object, name: string): string => toExactJson((figure as Record<string, unknown>)[name]);

const twice = (stored: readonly SummaryDocument[]): string[] => {
  const names = stored.map(({ window, revision }) => `${window} revision ${revision}`);
  return names.filter((name, n) => names.indexOf(name) !== n).map((name) => `${name} stands twice`);
};
