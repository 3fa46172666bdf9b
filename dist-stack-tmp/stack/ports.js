/**
 * Ports on the loopback address: free ones are chosen once and then kept for every later run of the same stack.
 *
 * They come from below the range that operating systems hand out to outgoing connections (32768 and up on Linux, 49152 on
 * others): otherwise a server that died could find its port taken by one of the clients that try to reconnect to it.
 */
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
export const lowestPort = 20_000;
export const highestPort = 29_999;
const host = '127.0.0.1';
export const isFree = (port) => new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
});
/** True when something accepts connections there. */
export const answers = (port, timeoutMs = 1_000) => new Promise((resolve) => {
    const socket = connect({ port, host, timeout: timeoutMs });
    const settle = (result) => {
        socket.destroy();
        resolve(result);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
});
/** A free port that is none of `taken` (those are promised to servers that do not listen yet). */
export const choosePort = async (taken, random = Math.random) => {
    const first = Math.floor(random() * (highestPort - lowestPort + 1));
    for (let step = 0; step <= highestPort - lowestPort; step += 1) {
        const port = lowestPort + ((first + step) % (highestPort - lowestPort + 1));
        if (!taken.has(port) && (await isFree(port)))
            return port;
    }
    throw new Error(`no free port between ${lowestPort} and ${highestPort}`);
};
/** Waits for a port that a server has just left. */
export const freeWithin = async (port, milliseconds) => {
    const deadline = Date.now() + milliseconds;
    while (!(await isFree(port))) {
        if (Date.now() > deadline)
            return false;
        await sleep(200);
    }
    return true;
};
