/**
 * One server of the stack, and how it is brought up.
 *
 * `ensureServer` is idempotent: a server that runs and answers is left alone; one that died starts again at its old port
 * over its old data. It resolves only when the server answers real requests, so callers never need to wait or retry.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers, choosePort, freeWithin } from './ports.js';
import { end, isAlive, launch } from './process.js';
import { logFileOf, StackError } from './site.js';
import { saveState } from './state.js';
const readyWithinMs = 90_000;
const attempts = 3;
const lastLines = (file) => {
    try {
        return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    }
    catch {
        return '';
    }
};
/** True once it is ready, false when it ended or did not get ready in time. */
const becomesReady = async (server, record) => {
    const deadline = Date.now() + readyWithinMs;
    while (isAlive(record.process) && Date.now() < deadline) {
        if (await answers(record.port)) {
            try {
                await server.ready(record);
                return true;
            }
            catch {
                // Starting: coordinators, logs being loaded, an election. Ask again.
            }
        }
        await sleep(100);
    }
    return false;
};
const promisedPorts = (state) => new Set(Object.values(state.servers).flatMap(({ port, controllerPort }) => [port, controllerPort]));
/** The old port if it can be had within seconds (its last user may be just ending), else a new one. */
const portFor = async (site, state, name, old) => {
    if (old !== 0 && (await freeWithin(old, 5_000)))
        return old;
    const port = await choosePort(promisedPorts(state));
    if (old !== 0)
        site.progress(`${name}: port ${old} is taken by another program, using ${port} from now on`);
    return port;
};
const startOnce = async (site, state, server) => {
    const record = state.servers[server.name];
    record.port = await portFor(site, state, server.name, record.port);
    if (server.needsControllerPort) {
        record.controllerPort = await portFor(site, state, server.name, record.controllerPort);
    }
    saveState(site, state);
    const command = await server.command(site, record);
    record.process = launch({ ...command, logFile: logFileOf(site, server.name) });
    saveState(site, state);
    if (await becomesReady(server, record))
        return true;
    await end(record.process);
    return false;
};
/** Brings one prepared server up. The answer tells whether it had to be started. */
export const ensureServer = async (site, state, server) => {
    const record = state.servers[server.name];
    if (isAlive(record.process)) {
        if (await becomesReady(server, record))
            return false;
        site.progress(`${server.name}: process ${record.process.pid} does not answer, starting it again`);
        await end(record.process);
    }
    const began = Date.now();
    site.progress(`${server.name}: starting ${record.kind}`);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        if (await startOnce(site, state, server)) {
            site.progress(`${server.name}: ready on 127.0.0.1:${record.port} after ${Date.now() - began} ms`);
            return true;
        }
        await sleep(1_000);
    }
    const log = logFileOf(site, server.name);
    throw new StackError('START_FAILED', `${server.name} did not start (log: ${log})\n${lastLines(log)}`);
};
