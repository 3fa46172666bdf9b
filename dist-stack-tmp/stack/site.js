/**
 * Where an embedded stack lives and how it talks: the caller's options with every default filled in.
 *
 * Two kinds of folders are told apart. `dir` holds one stack (state, logs, data); `cache` holds the programs that all
 * stacks of a checkout share, so that a test's throw-away stack never downloads anything twice.
 */
import { join, resolve } from 'node:path';
/** A stack that cannot be had or does not start. The message says what to do; `code` is stable. */
export class StackError extends Error {
    code;
    constructor(code, message, options) {
        super(message, options);
        this.code = code;
        this.name = 'StackError';
    }
}
const toStderr = (line) => {
    process.stderr.write(`${line}\n`);
};
export const siteOf = (options = {}, env = process.env) => {
    const root = resolve(options.root ?? process.cwd());
    return {
        root,
        dir: resolve(root, options.dir ?? join('.local', 'stack')),
        cache: join(root, '.local'),
        database: options.database ?? 'tonghop',
        ownerPid: options.ownerPid,
        env,
        progress: options.progress ?? toStderr,
    };
};
export const logFileOf = (site, name) => join(site.dir, 'logs', `${name}.log`);
