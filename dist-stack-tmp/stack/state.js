/**
 * What a stack remembers: each server's kind, port and process, and who wants the servers up.
 *
 * The file is replaced in one step and at once after every spawn, so a crash at any moment leaves either the old or the
 * new state, never a running server that nobody has written down. Ports and kinds outlive `down`: the next `up` finds the
 * clients' addresses and the data format unchanged.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
export const serverNames = ['kafka', 'mongodb', 'redis'];
const newRecord = () => ({ kind: undefined, port: 0, controllerPort: 0, process: undefined });
export const newState = () => ({
    servers: { kafka: newRecord(), mongodb: newRecord(), redis: newRecord() },
    owners: [],
    kept: false,
    guard: undefined,
});
export const stateFileOf = (site) => join(site.dir, 'stack.json');
export const lockFileOf = (site) => join(site.dir, 'stack.lock');
export const readState = (site) => {
    try {
        return JSON.parse(readFileSync(stateFileOf(site), 'utf8'));
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return newState();
        throw error;
    }
};
export const saveState = (site, state) => {
    mkdirSync(site.dir, { recursive: true });
    const draft = `${stateFileOf(site)}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`);
    renameSync(draft, stateFileOf(site));
};
