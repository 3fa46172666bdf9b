/** Everything that talks to an installation from outside while faults happen: who sends, who asks, who looks. */
import { seeded } from '../kit/seeded-workload.js';
import { DashboardWatch } from './dashboard-watch.js';
import type { Ground } from './ground.js';
import { HttpSender } from './http-sender.js';
import { KafkaSender } from './kafka-sender.js';
import { Probes } from './probes.js';
import type { Signals } from './recovery.js';
import { SummaryRequests } from './summaries.js';

export class Observers {
  private constructor(
    readonly http: HttpSender,
    readonly kafka: KafkaSender,
    readonly probes: Probes,
    readonly summaries: SummaryRequests,
    readonly dashboard: DashboardWatch,
  ) {}

  static async open(ground: Ground, seed: number): Promise<Observers> {
    return new Observers(
      new HttpSender(ground.intake),
      await KafkaSender.open(ground),
      await Probes.open(ground),
      new SummaryRequests(ground, seeded(seed + 2)),
      new DashboardWatch(ground),
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
    await Promise.all([this.summaries.close(), this.dashboard.close(), this.probes.close(), this.kafka.close()]);
  }
}
