/** The commands that an installation is run and looked after by. Those that test and measure it are in test/main.ts and bench/main.ts. */
import { runCommand } from './run-command.js';

runCommand({
  access: async () => (await import('./access.js')).accessCommand,
  'audit-deps': async () => (await import('./audit-deps.js')).auditDepsCommand,
  licences: async () => (await import('./licences.js')).licencesCommand,
  sbom: async () => (await import('./sbom.js')).sbomCommand,
  start: async () => (await import('./start.js')).startCommand,
  services: async () => (await import('./services.js')).servicesCommand,
  stack: async () => (await import('#stack')).runStackCli,
  drain: async () => (await import('./drain.js')).drainCommand,
  openapi: async () => (await import('./openapi.js')).openapiCommand,
  publish: async () => (await import('./publish.js')).publishCommand,
  rebuild: async () => (await import('./rebuild.js')).rebuildCommand,
  replay: async () => (await import('./replay.js')).replayCommand,
  rollups: async () => (await import('./rollups.js')).rollupsCommand,
  sealed: async () => (await import('./sealed.js')).sealedCommand,
  skip: async () => (await import('./skip.js')).skipCommand,
  'verify-summary': async () => (await import('./verify-summary.js')).verifySummaryCommand,
  'verify-audit': async () => (await import('./verify-audit.js')).verifyAuditCommand,
  verify: async () => (await import('./verify.js')).verifyCommand,
  test: async () => (await import('./test.js')).testCommand,
});
