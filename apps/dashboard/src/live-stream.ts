/**
 * The live stream: what the rollup topics say, to everyone who watches a unit, as server-sent events with ids.
 *
 * Whoever opens the stream and then reads the figures misses nothing: what MongoDB may not have yet is sent first, then every change.
 * Whoever comes back with the last id gets what came since, or `resync` where that cannot be told: read everything anew. Nobody waits for
 * a watcher that reads slowly (stream-audience.ts): once it reads on it gets what it missed in the same way. No fault of MongoDB ends the
 * process or a stream.
 */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { decodeWindowReports, decodeWindowRollups, type Topics } from '#contracts';
import { provinces, unitOf, type Unit } from '#domain';
import { inBackground } from '#promises';
import { tracing } from '#tracing';
import type { RollupReader } from '#store';
import { CommuneMonths } from './commune-months.js';
import { type EventLog, eventText } from './event-log.js';
import { monthEvents, reportsEvents, windowEvents, type StreamEvent } from './live-events.js';
import { HELD_MS, type LiveSource } from './live-source.js';
import { Audience, textOf, write, type Beginning, type Watcher } from './stream-audience.js';
import {
  channelsOf,
  figureChannels,
  hasProvinces,
  keptOf,
  reportChannels,
  unitOfChannel,
  type Subscription,
} from './stream-channels.js';
import type { PassedRecord } from './unwritten.js';

/**
 * So many watchers there may be for each millisecond between two writes to the same: with a few, events leave at once; with many, those of
 * a moment together. What comes after a pause as long as that leaves at once too: the rollup topics are read at a pace of their own.
 */
const WATCHERS_PER_MS = 20;
const MOST_BETWEEN_MS = 100;
const MAX_GREETING_BYTES = 1_048_576;
/** The events of a unit are made so long after the last watcher has gone, for his return. */
const LINGER_MS = 60_000;

interface Commune {
  /** Those that somebody watches or watched a moment ago. */
  readonly channels: Set<string>;
  months?: CommuneMonths;
}

export class LiveStream {
  private readonly watchers = new Set<Watcher>();
  private readonly communes = new Map<string, Commune>();
  private readonly lingering = new Map<string, NodeJS.Timeout>();
  /** Those who watch the same, by what they watch; and those of a channel. */
  private readonly audiences = new Map<string, Audience>();
  private readonly audiencesOf = new Map<string, Set<Audience>>();
  /** Those who are written to at the end of this turn. */
  private readonly due = new Set<Audience>();
  /** Everything up to this number has surely been in MongoDB for a while. */
  private inMongo = -1;
  private mark: { readonly number: number; readonly isWritten: () => boolean };

  constructor(
    private readonly source: LiveSource,
    private readonly topics: Topics,
    private readonly reader: RollupReader,
    private readonly log: EventLog,
    private readonly logger: Logger,
  ) {
    this.mark = this.marked();
    source.onGap = () => this.startOver();
    source.onTick = () => {
      this.lookAtMark();
      this.greetWaiting();
    };
  }

  /** How many watch now. */
  get watching(): number {
    return this.watchers.size;
  }

  /** How many of them have not taken what was written. */
  get behind(): number {
    return [...this.watchers].filter(({ behindFrom }) => behindFrom !== undefined).length;
  }

  /** Adds a watcher; it leaves when its connection closes. @param lastId of the last event that it has seen */
  watch(subscription: Subscription, response: ServerResponse, lastId?: string): void {
    const audience = this.audienceOf(subscription);
    // What is pending is of those who watch already.
    this.flush(audience);
    const { channels } = audience;
    const missed = lastId === undefined ? undefined : this.log.after(lastId, channels);
    const watcher: Watcher = { ...subscription, response, audience, isLost: lastId !== undefined };
    this.watchers.add(watcher);
    audience.watchers.add(watcher);
    for (const channel of channels) this.open(channel);
    response.on('close', () => this.leave(watcher));
    response.on('drain', () => this.catchUp(watcher));
    if (missed !== undefined) {
      write(watcher, textOf(missed));
      return;
    }
    watcher.waitingSince = performance.now();
    this.greet(watcher);
  }

  /** A province's or the country's window as its stage published it. Throws `NewerRecord`. */
  onWindow(record: PassedRecord): void {
    const [code, window] = record.key.split('|');
    const unit = unitOf(code);
    if (unit === undefined) return;
    const channels = this.openOf(figureChannels(unit, window));
    const forReports = unit.level === 'province' ? this.openOf(reportChannels) : [];
    const { years, generation: g } = this.source;
    if (channels.length > 0 || years.isWanted(code, window)) {
      const rollups = decodeWindowRollups(record.value.toString(), g);
      if (rollups === undefined) return;
      years.take(code, rollups.window, { g, offset: record.offset }, rollups.items);
      this.send(channels, windowEvents(unit, rollups, record.timestamp, years));
      this.send(forReports, reportsEvents(unit, rollups));
    } else if (forReports.length > 0) {
      const reports = decodeWindowReports(record.value.toString(), g);
      if (reports !== undefined) this.send(forReports, reportsEvents(unit, reports));
    }
  }

  /** A unit's month: its windows are made from the months that are known of it, with this one put in. Throws `NewerRecord`. */
  onUnitMonth(record: PassedRecord): void {
    const unit = unitOf(record.key.split('|')[0]);
    const months = unit && this.communes.get(unit.code)?.months;
    const change = months?.take(record);
    if (unit === undefined || months === undefined || change === undefined) return;
    for (const event of monthEvents(unit, months, change, this.source.years))
      this.send(this.openOf(figureChannels(unit, event.window)), [event]);
  }

  private openOf(channels: readonly string[]): string[] {
    return channels.filter((channel) => this.log.isOpen(channel));
  }

  private open(channel: string): void {
    clearTimeout(this.lingering.get(channel));
    this.lingering.delete(channel);
    const unit = unitOf(unitOfChannel(channel) ?? '');
    if (unit?.level !== 'commune') {
      this.log.open(channel, keptOf(channel));
      return;
    }
    const commune = this.communes.get(unit.code);
    commune?.channels.add(channel);
    if (commune === undefined) inBackground(this.load(unit, [channel]));
    else if (commune.months !== undefined) this.log.open(channel, keptOf(channel));
  }

  private audienceOf(subscription: Subscription): Audience {
    const channels = channelsOf(subscription);
    const key = channels.join(' ');
    const known = this.audiences.get(key);
    if (known !== undefined) return known;
    const audience = new Audience(
      channels,
      channels.every((channel) => keptOf(channel) === 'newest'),
    );
    this.audiences.set(key, audience);
    for (const channel of channels)
      this.audiencesOf.set(channel, (this.audiencesOf.get(channel) ?? new Set()).add(audience));
    return audience;
  }

  private leave(watcher: Watcher): void {
    const { audience } = watcher;
    this.watchers.delete(watcher);
    audience.watchers.delete(watcher);
    if (audience.watchers.size > 0) return;
    this.audiences.delete(audience.channels.join(' '));
    this.due.delete(audience);
    for (const channel of audience.channels) {
      const others = this.audiencesOf.get(channel);
      others?.delete(audience);
      if (others !== undefined && others.size > 0) continue;
      this.audiencesOf.delete(channel);
      clearTimeout(this.lingering.get(channel));
      this.lingering.set(channel, setTimeout(() => this.close(channel), LINGER_MS).unref());
    }
  }

  private close(channel: string): void {
    this.lingering.delete(channel);
    this.log.close(channel);
    const code = unitOfChannel(channel) ?? '';
    const commune = this.communes.get(code);
    commune?.channels.delete(channel);
    if (commune?.channels.size === 0) this.communes.delete(code);
  }

  /** Reads a commune's months until that succeeds or the last watcher of it is gone. Never throws. */
  private async load(unit: Unit, channels: Iterable<string>): Promise<void> {
    const commune: Commune = { channels: new Set(channels) };
    this.communes.set(unit.code, commune);
    for (let waitMs = 100; this.communes.get(unit.code) === commune; waitMs = Math.min(2 * waitMs, 2_000)) {
      try {
        if (await this.read(unit, commune)) return;
      } catch (error) {
        this.logger.warn({ unit: unit.code, err: error }, "a commune's months cannot be read, trying again");
      }
      await sleep(waitMs, undefined, { ref: false });
    }
  }

  private async read(unit: Unit, commune: Commune): Promise<boolean> {
    const { source, topics } = this;
    const { generation, unwritten } = source;
    return source.whileHeld(async () => {
      const documents = await this.reader.unitYears(unit.code);
      const isCurrent = generation === source.generation && this.communes.get(unit.code) === commune;
      if (!isCurrent || !unwritten.isWhole(topics.communeRollups)) return false;
      const months = new CommuneMonths(generation, documents);
      for (const record of unwritten.recordsOf(topics.communeRollups, unit.code)) months.take(record);
      commune.months = months;
      for (const channel of commune.channels) this.log.open(channel, keptOf(channel));
      for (const watcher of this.watchers) if (watcher.unit === unit) this.greet(watcher);
      return true;
    });
  }

  /** Events may have been missed, or all figures are others: everyone reads anew. */
  private startOver(): void {
    for (const audience of this.audiences.values()) this.flush(audience);
    this.log.forgetAll();
    this.mark = this.marked();
    for (const [code, { channels }] of this.communes) {
      for (const channel of channels) this.log.close(channel);
      inBackground(this.load(unitOf(code) as Unit, channels));
    }
    for (const watcher of this.watchers) this.lose(watcher);
  }

  /** A watcher has missed events that it cannot be given. */
  private lose(watcher: Watcher): void {
    watcher.isLost = true;
    watcher.behindFrom = undefined;
    watcher.waitingSince = performance.now();
    this.greet(watcher);
  }

  /** A watcher has taken what it was written: it is given what it missed meanwhile. */
  private catchUp(watcher: Watcher): void {
    this.greet(watcher);
    const { audience, behindFrom } = watcher;
    if (behindFrom === undefined) return;
    watcher.behindFrom = undefined;
    const missed = this.log.afterNumber(behindFrom, audience.channels);
    // What comes after is on its way to everyone.
    if (missed === undefined) this.lose(watcher);
    else write(watcher, textOf(missed.filter(({ number }) => number <= audience.written)));
  }

  private greetWaiting(): void {
    for (const watcher of this.watchers) if (watcher.waitingSince !== undefined) this.greet(watcher);
  }

  /** Gives a watcher what it is to begin with, if that can be told now: where it stands, and what MongoDB may not have yet. */
  private greet(watcher: Watcher): void {
    if (watcher.waitingSince === undefined || watcher.response.writableNeedDrain) return;
    this.flush(watcher.audience);
    try {
      const beginning = this.beginningOf(watcher);
      if (beginning === undefined || beginning.text.length > MAX_GREETING_BYTES) return;
      const isLate = performance.now() - watcher.waitingSince > HELD_MS;
      const resync = eventText(this.log.idOf(beginning.from), 'resync', JSON.stringify({ unit: watcher.unit.code }));
      watcher.waitingSince = undefined;
      write(watcher, `${watcher.isLost || isLate ? resync : ''}${beginning.text}id: ${this.log.lastId}\n\n`);
    } catch (error) {
      this.logger.warn({ unit: watcher.unit.code, err: error }, 'a watcher has to wait for what it begins with');
    }
  }

  /**
   * What MongoDB may not have yet of what a watcher reads; undefined where that is not known. Of windows by name it is made of the records for
   * the first alone: those who come in the next moments get the same and what came after it, and later the log has all of it.
   */
  private beginningOf(watcher: Watcher): Beginning | undefined {
    const { audience } = watcher;
    if (!audience.isNewestOnly) return this.madeBeginning(watcher);
    return this.loggedBeginning(audience) ?? (audience.beginning = this.madeBeginning(watcher));
  }

  private loggedBeginning(audience: Audience): Beginning | undefined {
    const { channels, beginning } = audience;
    const unwritten = this.log.afterNumber(this.inMongo, channels);
    if (unwritten !== undefined) {
      audience.beginning = undefined;
      return { from: this.inMongo, text: textOf(unwritten) };
    }
    const since = beginning && this.log.afterNumber(beginning.from, channels);
    return since && { from: beginning.from, text: beginning.text + textOf(since) };
  }

  private madeBeginning(watcher: Watcher): Beginning | undefined {
    const { lastNumber: from, lastId } = this.log;
    const events = this.notInMongo(watcher);
    const text = events?.map(({ name, data }) => eventText(lastId, name, data)).join('');
    return text === undefined ? undefined : { from, text };
  }

  private marked() {
    return { number: this.log.lastNumber, isWritten: this.source.unwritten.mark() };
  }

  private lookAtMark(): void {
    if (!this.mark.isWritten()) return;
    this.inMongo = this.mark.number;
    this.mark = this.marked();
  }

  /** Everything of a watcher's units that MongoDB may not have yet; undefined where that is not known. */
  private notInMongo(watcher: Watcher): StreamEvent[] | undefined {
    const { unit } = watcher;
    const { communeRollups, provinceRollups, nationalRollups } = this.topics;
    if (unit.level === 'commune') return this.monthsNotInMongo(watcher, communeRollups);
    const own = unit.level === 'country' ? nationalRollups : provinceRollups;
    const others = hasProvinces(watcher) ? provinces : [];
    if (![own, ...(others.length > 0 ? [provinceRollups] : [])].every((topic) => this.source.unwritten.isWhole(topic)))
      return undefined;
    return [
      ...this.windowsNotInMongo(unit, own, watcher),
      ...others.flatMap((province) => this.windowsNotInMongo(province, provinceRollups, watcher, true)),
    ];
  }

  private windowsNotInMongo(unit: Unit, topic: string, { windows }: Watcher, withReports = false): StreamEvent[] {
    const { unwritten, generation, years } = this.source;
    return unwritten.recordsOf(topic, unit.code).flatMap(({ key, value, timestamp }) => {
      const isWatched = windows?.has(key.split('|')[1]) !== false;
      const rollups = isWatched ? decodeWindowRollups(value.toString(), generation) : undefined;
      const reports = withReports ? (rollups ?? decodeWindowReports(value.toString(), generation)) : undefined;
      return [
        ...(rollups === undefined ? [] : windowEvents(unit, rollups, timestamp, years, true)),
        ...(reports === undefined ? [] : reportsEvents(unit, reports)),
      ];
    });
  }

  private monthsNotInMongo({ unit, windows }: Watcher, topic: string): StreamEvent[] | undefined {
    const months = this.communes.get(unit.code)?.months;
    const events = this.source.unwritten.recordsOf(topic, unit.code).flatMap((record) => {
      const change = months?.whole(record);
      return months && change ? monthEvents(unit, months, change, this.source.years) : [];
    });
    return months && events.filter(({ window }) => windows?.has(window) !== false);
  }

  private send(channels: readonly string[], events: readonly StreamEvent[]): void {
    if (channels.length === 0 || events.length === 0) return;
    const facts = { 'tonghop.events': events.length, 'tonghop.watchers': this.watchers.size };
    tracing().step('send stream', facts, () => {
      for (const event of events) this.hand(channels, event);
    });
  }

  private hand(channels: readonly string[], event: StreamEvent): void {
    const logged = this.log.append(channels, event);
    for (const channel of channels) {
      for (const audience of this.audiencesOf.get(channel) ?? []) {
        if (!audience.hasPending) this.schedule(audience);
        audience.take(logged);
      }
    }
  }

  private schedule(audience: Audience): void {
    const betweenMs = Math.min(MOST_BETWEEN_MS, this.watchers.size / WATCHERS_PER_MS);
    const waitMs = audience.writtenAt + betweenMs - performance.now();
    if (waitMs >= 1) {
      setTimeout(() => this.flush(audience), waitMs).unref();
      return;
    }
    if (this.due.size === 0) setImmediate(() => this.writeDue());
    this.due.add(audience);
  }

  private writeDue(): void {
    for (const audience of this.due) this.flush(audience);
    this.due.clear();
  }

  private flush(audience: Audience): void {
    audience.write(this.log.lastNumber);
  }
}
