/**
 * What a service spent its processor time on, from V8's own profiles (`node --cpu-prof`).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

interface Profile {
  readonly nodes: readonly { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

interface Cost {
  /** The function and where it stands. */
  readonly what: string;
  readonly ms: number;
}
export interface ServiceProfile {
  readonly service: string;
  readonly busyMs: number;
  readonly costs: readonly Cost[];
}

const idle = new Set(['(idle)', '(program)', '(root)']);

/** Self time by function in every profile of a folder, the largest first. */
export const readProfiles = (folder: string): ServiceProfile[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.cpuprofile'))
    .map((file) => toServiceProfile(file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile));

const toServiceProfile = (file: string, { nodes, samples, timeDeltas }: Profile): ServiceProfile => {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const self = new Map<string, number>();
  samples.forEach((id, index) => {
    const what = names.get(id) ?? '?';
    if (!idle.has(what)) self.set(what, (self.get(what) ?? 0) + timeDeltas[index] / 1000);
  });
  const costs = [...self].map(([what, ms]) => ({ what, ms })).sort((a, b) => b.ms - a.ms);
  const service = basename(file).replace(/\.cpuprofile$/, '');
  return { service, busyMs: costs.reduce((sum, { ms }) => sum + ms, 0), costs };
};

const nameOf = ({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string => {
  if (url === '') return functionName === '' ? '(anonymous)' : functionName;
  const place = url.replace(/^.*\/(?:node_modules|dist)\//, '');
  return `${functionName === '' ? '(anonymous)' : functionName} ${place}:${lineNumber + 1}`;
};
