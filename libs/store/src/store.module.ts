/**
 * MongoDB for a service: the connection, and who reads rollups. The service is not ready while MongoDB does not answer.
 */
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, CONFIG, ServiceLife, ServiceWatch } from '#service';
import { connectStore, pingStore, type Connection, type StoreConfig } from './connect.js';
import { HistoryReader } from './history-reader.js';
import { RollupReader } from './rollup-reader.js';

/** The connection (`Connection`). */
export const CONNECTION = Symbol('Connection');

const connected = async (config: StoreConfig, watch: ServiceWatch): Promise<Connection> => {
  const connection = await connectStore(config);
  watch.ready.dependency('mongodb', () => pingStore(connection));
  return connection;
};

@Global()
@Module({
  providers: [
    { provide: CONNECTION, useFactory: connected, inject: [CONFIG, ServiceWatch] },
    {
      provide: RollupReader,
      useFactory: (connection: Connection, now: () => number) => new RollupReader(connection, now),
      inject: [CONNECTION, CLOCK],
    },
    {
      provide: HistoryReader,
      useFactory: (connection: Connection, reader: RollupReader, now: () => number) =>
        new HistoryReader(connection, reader, now),
      inject: [CONNECTION, RollupReader, CLOCK],
    },
  ],
  exports: [CONNECTION, HistoryReader, RollupReader],
})
export class StoreModule implements OnApplicationShutdown {
  constructor(
    @Inject(CONNECTION) private readonly connection: Connection,
    private readonly life: ServiceLife,
  ) {}

  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => this.connection.close());
  }
}
