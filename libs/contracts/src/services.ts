/**
 * The services of an installation, in one list: what `npm run services` starts, what is bundled, where each answers its probes, and what the
 * compose file is held to. A new service is a line here and a module (docs/architecture.md, "A service").
 *
 * A file of its own (`#contracts/services`): the supervisor starts processes before it needs to know anything else.
 */
import { stages, type Stage } from './groups.js';

export type ServiceName =
  `rollup-${Stage}` | 'projection' | 'intake' | 'dashboard' | 'audit' | 'reports' | 'reminders' | 'demo-sign-in';

export interface ServiceEntry {
  readonly name: ServiceName;
  /** The program that it is: `apps/APP/src/main.ts`. */
  readonly app: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where it answers HTTP, where nothing else is set: its probes, and its interface if it has one. */
  readonly port: number;
  /** The variable that sets its port: `HEALTH_PORT` where there are probes alone. */
  readonly portVariable: string;
  /** Servers that have to be there before it starts. */
  readonly servers: readonly ('kafka' | 'mongodb' | 'redis')[];
  /** Whether it loads a Redis client; never one that events pass through, but in a thread of its own (docs/adr/0014, 0035). */
  readonly hasQueues?: boolean;
  /** Whether it counts in Redis for its rate limits and asks nothing else of it; without Redis it goes on. */
  readonly isLimited?: boolean;
  /** Whether it works through a backlog: `npm run services` starts one for each core of the machine. */
  readonly onEveryCore?: boolean;
  /** Whether nobody waits for an answer of it: where processors are short, those that somebody asks go first (docs/adr/0051). */
  readonly isBackground?: boolean;
  /** Whether it belongs to a demonstration: left out wherever it is not asked for. */
  readonly isDemonstration?: boolean;
}

const PROBES = 'HEALTH_PORT';
const kafka = ['kafka'] as const;
const all = ['kafka', 'mongodb', 'redis'] as const;

export const services: readonly ServiceEntry[] = [
  ...stages.map((stage, index) => ({
    name: `rollup-${stage}` as const,
    app: 'rollup',
    env: { STAGE: stage },
    port: 9101 + index,
    portVariable: PROBES,
    servers: kafka,
    onEveryCore: stage !== 'ministry',
    isBackground: true,
  })),
  { name: 'projection', app: 'projection', port: 9104, portVariable: PROBES, servers: all, isBackground: true },
  { name: 'intake', app: 'intake', port: 8081, portVariable: 'INTAKE_PORT', servers: kafka, isLimited: true },
  { name: 'dashboard', app: 'dashboard', port: 8080, portVariable: 'DASHBOARD_PORT', servers: all, hasQueues: true },
  { name: 'audit', app: 'audit', port: 9107, portVariable: PROBES, servers: ['kafka', 'mongodb'], isBackground: true },
  {
    name: 'reports',
    app: 'reports',
    port: 9105,
    portVariable: PROBES,
    servers: all,
    hasQueues: true,
    isBackground: true,
  },
  {
    name: 'reminders',
    app: 'reminders',
    port: 9108,
    portVariable: PROBES,
    servers: all,
    hasQueues: true,
    isBackground: true,
  },
  { name: 'demo-sign-in', app: 'demo-sign-in', port: 9106, portVariable: PROBES, servers: [], isDemonstration: true },
];

/** The usual port of a service that answers nothing but probes; undefined for one whose interface answers them. */
export const probePortOf = (name: ServiceName): number | undefined =>
  services.find((entry) => entry.name === name && entry.portVariable === PROBES)?.port;
