import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { serveWeb } from './web.js';

@Module({})
class Nothing {}

describe("the page's files", () => {
  const folder = mkdtempSync(join(tmpdir(), 'web-'));
  let app: NestFastifyApplication;
  beforeAll(async () => {
    for (const each of ['web/assets', 'web/.git']) mkdirSync(join(folder, each), { recursive: true });
    writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'web', 'assets', 'page.js'), 'page');
    writeFileSync(join(folder, 'beside.txt'), 'a secret');
    const module = await Test.createTestingModule({ imports: [Nothing] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await serveWeb(app, join(folder, 'web'));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['/', '<!doctype html>'],
    ['/tinh/01', '<!doctype html>'],
    ['/tinh/01?window=2026-Q1', '<!doctype html>'],
    ['/assets/page.js', 'page'],
  ])('are served by their names: %s', async (url, text) => {
    expect((await app.inject({ url })).body).toBe(text);
  });

  it.each([
    '/assets/',
    '/assets',
    '/.git/',
    '/../beside.txt',
    '/%2e%2e/beside.txt',
    '/..%2fbeside.txt',
    '/assets/..%5c..%5cbeside.txt',
    '//etc/passwd',
    '/index.html%00.js',
  ])('lists no folder and reaches no file beside: %s', async (url) => {
    const { statusCode, body } = await app.inject({ url });
    expect([400, 403, 404]).toContain(statusCode);
    expect(body).not.toMatch(/secret|page\.js/);
  });
});
