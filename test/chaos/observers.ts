/** Everything that talks to an installation from outside while faults happen: who sends, who asks, who looks. */
import { COUNTRY } from '#domain';
import { seeded } from '../kit/seeded-workload.js';
import { AsOfWatch } from './as-of-watch.js';
import { DashboardWatch } from './dashboard-watch.js';
import { ForeignSender } from './foreign-sender.js';
import type { Ground } from './ground.js';
import { HttpSender } from './http-sender.js';
import { KafkaSender } from './kafka-sender.js';
import { Probes } from './probes.js';
import type { Signals } from './recovery.js';
import { Signers } from './signers.js';
import { StreamWatch } from './stream-watch.js';
import { SummaryRequests } from './summaries.js';

export class Observers {
  private constructor(
    readonly http: HttpSender,
    readonly kafka: KafkaSender,
    readonly foreign: ForeignSender,
    readonly probes: Probes,
    readonly summaries: SummaryRequests,
    readonly dashboard: DashboardWatch,
    readonly streams: StreamWatch,
    readonly signers: Signers,
    readonly asOf: AsOfWatch,
  ) {}

  static async open(ground: Ground, seed: number): Promise<Observers> {
    const senders = { http: new HttpSender(ground.intake), kafka: await KafkaSender.open(ground) };
    const signers = await Signers.open(ground, senders, seeded(seed + 6));
    return new Observers(
      senders.http,
      senders.kafka,
      new ForeignSender(ground, seeded(seed + 4)),
      await Probes.open(ground),
      new SummaryRequests(ground, seeded(seed + 2)),
      new DashboardWatch(ground),
      new StreamWatch(ground, seeded(seed + 5)),
      signers,
      new AsOfWatch(ground, [COUNTRY, ...signers.provinces]),
    );
  }

  get signals(): Signals {
    return {
      figures: this.probes.arrivals,
      intake: this.http.acknowledgements,
      dashboard: this.dashboard.answers,
      summaries: this.summaries.issued,
    };
  }

  /** Nothing new is asked for or published from then on. */
  async close(): Promise<void> {
    const { summaries, dashboard, streams, probes, kafka, foreign, signers, asOf } = this;
    await signers.close();
    await Promise.all([asOf, summaries, dashboard, streams, probes, kafka, foreign].map((each) => each.close()));
  }
}
