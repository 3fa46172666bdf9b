/**
 * Runs a service from its one file (cli/bundle.mjs), with what V8 made of it the last time.
 *
 * V8 takes its cache for that of any text of the same length, so the cache is named by the bundle's time and size; bundling empties the
 * folder. It is written some seconds after the start, when what a start needs is compiled; where that cannot be, the next start
 * compiles again. Stack traces name the TypeScript: the map, of the project's own files only, is read for the first of them.
 */
import { closeSync, fstatSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module, { createRequire, SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Script } from 'node:vm';

const COMPILED_MS = 8_000;

interface Bundle {
  readonly code: string;
  readonly cacheFile: string;
}

const readBundle = (file: string): Bundle => {
  const opened = openSync(file, 'r');
  try {
    const { mtimeMs, size } = fstatSync(opened);
    const cacheFile = `${file}.${Math.floor(mtimeMs)}-${size}-${process.version}.cache`;
    return { code: readFileSync(opened, 'utf8'), cacheFile };
  } finally {
    closeSync(opened);
  }
};

const readCache = (file: string): Buffer | undefined => {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
};

/** Two copies of a service may write at once: each a file of its own, and the last one stays. */
const writeCache = (file: string, script: Script): void => {
  try {
    const own = `${file}.${process.pid}`;
    writeFileSync(own, script.createCachedData());
    renameSync(own, file);
  } catch {
    // A folder that is not to be written to: the next start compiles again.
  }
};

type Wrapped = (exports: unknown, require: NodeJS.Require, module: unknown, file: string, folder: string) => void;

export const runBundle = (file: string): void => {
  const { code, cacheFile } = readBundle(file);
  const cachedData = readCache(cacheFile);
  const script = new Script(Module.wrap(code), {
    filename: file,
    cachedData,
  });
  if (cachedData === undefined || script.cachedDataRejected === true)
    setTimeout(() => writeCache(cacheFile, script), COMPILED_MS).unref();
  nameSources(file);
  const module = { exports: {} };
  (script.runInThisContext() as Wrapped)(module.exports, createRequire(file), module, file, dirname(file));
};

/** Makes stack traces name the places that a bundle's came from. */
const nameSources = (file: string): void => {
  let map: SourceMap | undefined;
  Error.prepareStackTrace = (error, frames) => {
    map ??= new SourceMap(
      JSON.parse(readFileSync(`${file}.map`, 'utf8')) as ConstructorParameters<typeof SourceMap>[0],
    );
    const lines = frames.map((frame) => `\n    at ${nameSource(frame, file, map as SourceMap)}`);
    return `${Error.prototype.toString.call(error)}${lines.join('')}`;
  };
};

const nameSource = (frame: NodeJS.CallSite, file: string, map: SourceMap): string => {
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  if (frame.getFileName() !== file || line === null || column === null) return String(frame);
  const found = map.findEntry(line - 1, column - 1);
  if (!('originalSource' in found)) return String(frame);
  const { originalSource, originalLine, originalColumn } = found;
  const source = `${resolve(dirname(file), originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
  return String(frame).replace(`${file}:${line}:${column}`, source);
};
