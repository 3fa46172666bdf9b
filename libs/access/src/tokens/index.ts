export * from './claims.js';
export * from './provider.config.js';
export * from './strength.js';
export * from './token-authenticator.js';
export * from './tokens.module.js';
