import 'reflect-metadata';
import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { KafkaBatchServer } from '#stream';
import { aService } from '../../../test/kit/service.js';
import { readsTopics } from './run-service.js';
import { ServiceModule } from './service.module.js';

/** A module that notes when it is closed. */
const noting = (name: string, noted: string[], of: object = {}): Type => {
  @Module(of)
  class Noting {
    onApplicationShutdown(): void {
      noted.push(name);
    }
  }
  return Noting;
};
const global = (module: Type): Type => {
  Global()(module);
  return module;
};

const transport = (noted: string[]) => ({
  provide: KafkaBatchServer,
  useValue: {
    listen: (callback: () => void) => callback(),
    close: () => noted.push('transport'),
    addHandler: () => undefined,
  },
});

const service = aService('test', {});
const root = (imports: DynamicModule['imports']): DynamicModule => ({ module: class Root {}, imports });

describe('the end of a service', () => {
  it('closes what brings work first, then its own module, then the others, the last in the list first', async () => {
    const noted: string[] = [];
    const shared = ['kafka', 'store', 'queue'].map((name) => global(noting(name, noted)));
    const own = noting('own', noted, { providers: [transport(noted)] });
    const imports = [ServiceModule.of(service), ...shared, own];
    const { app, listen } = await readsTopics(root(imports), service);
    await listen();
    await app.close();
    expect(noted).toEqual(['transport', 'own', 'queue', 'store', 'kafka']);
  });
});

describe('the start of a service', () => {
  it('makes what does not wait for something else at once, and fails by what failed', async () => {
    const asked: string[] = [];
    const part = (name: string, answer: Promise<unknown>) => ({
      provide: name,
      useFactory: () => {
        asked.push(name);
        return answer;
      },
    });
    const away = Promise.reject(new Error('Kafka is away'));
    const kafka = global(noting('kafka', [], { providers: [part('kafka', away)] }));
    const store = global(noting('store', [], { providers: [part('mongodb', new Promise(() => undefined))] }));
    const start = readsTopics(root([ServiceModule.of(service), kafka, store]), service);
    await expect(start).rejects.toThrow('Kafka is away');
    expect(asked.sort()).toEqual(['kafka', 'mongodb']);
  });
});
