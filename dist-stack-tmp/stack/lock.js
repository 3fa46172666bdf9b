/**
 * A lock between processes: a file that names its holder.
 *
 * It appears with its content in one step (a hard link to a finished file), so a reader never sees a half-written holder.
 * A dead holder's lock is removed only inside a second, momentary lock that looks again first: two processes that find
 * the same stale lock cannot remove each other's new one. `guard.ts` keeps to the same protocol.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive } from './process.js';
const holderOf = (file) => {
    try {
        return JSON.parse(readFileSync(file, 'utf8'));
    }
    catch {
        return undefined;
    }
};
const tryAcquire = (file) => {
    const draft = `${file}.${randomUUID()}`;
    writeFileSync(draft, JSON.stringify(identify(process.pid)));
    try {
        linkSync(draft, file);
        return true;
    }
    catch (error) {
        if (error.code === 'EEXIST')
            return false;
        throw error;
    }
    finally {
        rmSync(draft, { force: true });
    }
};
const clearStale = (file) => {
    const gate = `${file}.gate`;
    try {
        mkdirSync(gate);
    }
    catch {
        // Somebody else is looking; a gate that stands for 10 s belongs to a process that died inside it.
        const age = Date.now() - (statSync(gate, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
        if (age > 10_000)
            rmSync(gate, { recursive: true, force: true });
        return;
    }
    try {
        if (!isAlive(holderOf(file)))
            rmSync(file, { force: true });
    }
    finally {
        rmSync(gate, { recursive: true, force: true });
    }
};
/** Runs `work` alone among all processes that name the same file. `waiting` is told once whom it waits for. */
export const withLock = async (file, waiting, work) => {
    mkdirSync(dirname(file), { recursive: true });
    let told = false;
    while (!tryAcquire(file)) {
        const holder = holderOf(file);
        if (!isAlive(holder)) {
            clearStale(file);
        }
        else if (!told) {
            told = true;
            waiting(holder.pid);
        }
        await sleep(100);
    }
    try {
        return await work();
    }
    finally {
        rmSync(file, { force: true });
    }
};
