import { createRequire } from 'node:module';
import { Kafka, logLevel } from 'kafkajs';
import { KAFKAJS_VERSION, missingInsides, type Installed } from './internals.js';

const require = createRequire(__filename);
const installed: Installed = {
  version: KAFKAJS_VERSION,
  load: (module) => require(`kafkajs/src/${module}`) as unknown,
  client: new Kafka({ brokers: ['none:1'], logLevel: logLevel.NOTHING }),
};
const without = (gone: string): Installed['load'] => {
  return (module) => {
    if (module === gone) throw new Error(`Cannot find module ${module}`);
    return installed.load(module);
  };
};
const withMoved = (moved: string): Installed['load'] => {
  return (module) => (module === moved ? { prototype: {} } : installed.load(module));
};

describe('the insides of kafkajs that are corrected', () => {
  it('are all there in the version that is installed', () => expect(missingInsides(installed)).toEqual([]));

  it('are known for one version only', () =>
    expect(missingInsides({ ...installed, version: '2.3.0' })).toEqual(['version 2.2.4 (it is 2.3.0)']));

  it('are missed where the private symbol is gone', () =>
    expect(missingInsides({ ...installed, client: {} as Kafka })).toEqual(['private:Kafka:createCluster']));

  it.each([
    ['network/connection', 'network/connection connect'],
    ['network/requestQueue', 'network/requestQueue scheduleCheckPendingRequests'],
    ['cluster', 'cluster findGroupCoordinatorMetadata'],
    ['protocol/requests/fetch/v4/decodeMessages', 'protocol/requests/fetch/v4/decodeMessages'],
    ['protocol/recordBatch/record/v0', 'protocol/recordBatch/record/v0'],
  ])('are missed where %s is gone, or has become something else', (module, named) => {
    expect(missingInsides({ ...installed, load: without(module) })).toEqual([named]);
    expect(missingInsides({ ...installed, load: withMoved(module) })).toEqual([named]);
  });

  it('that do not fit end a process as it loads its Kafka client', () => {
    jest.isolateModules(() => {
      jest.doMock('kafkajs/package.json', () => ({ version: '2.3.0' }));
      expect(() => jest.requireActual('../client.js') as unknown).toThrow(/corrections of kafkajs .* version 2\.2\.4/);
    });
  });
});
