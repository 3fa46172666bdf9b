import type { Rule } from 'eslint';

export const storedPromise: Rule.RuleModule;
