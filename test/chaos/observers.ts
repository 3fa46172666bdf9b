/** Everything that talks to an installation from outside while faults happen: who sends, who asks, who looks. */
import { seeded } from '../kit/seeded-workload.js';
import { DashboardWatch } from './dashboard-watch.js';
import { ForeignSender } from './foreign-sender.js';
import type { Ground } from './ground.js';
import { HttpSender } from './http-sender.js';
import { KafkaSender } from './kafka-sender.js';
import { Probes } from './probes.js';
import type { Signals } from './recovery.js';
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
  ) {}

  static async open(ground: Ground, seed: number): Promise<Observers> {
    return new Observers(
      new HttpSender(ground.intake),
      await KafkaSender.open(ground),
      new ForeignSender(ground, seeded(seed + 4)),
      await Probes.open(ground),
      new SummaryRequests(ground, seeded(seed + 2)),
      new DashboardWatch(ground),
      new StreamWatch(ground, seeded(seed + 5)),
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
    const { summaries, dashboard, streams, probes, kafka, foreign } = this;
    await Promise.all([summaries, dashboard, streams, probes, kafka, foreign].map((each) => each.close()));
  }
}
