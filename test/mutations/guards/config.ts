import type { Mutation } from '../mutation.ts';

/** Of the files that settings name. */
export const configGuards: readonly Mutation[] = [
  {
    guard: 'a file of credentials that everybody can read',
    file: 'config/content-of.ts',
    from: 'if ((statSync(file).mode & 0o007) === 0) return content;',
    to: 'if (statSync(file).mode !== 0) return content;',
    tests: 'unit/config/auth-file.test.ts',
    fails: 'is refused where everybody can read or change it',
  },
  {
    guard: 'a CA without a certificate, which stands for all that Node knows',
    file: 'config/content-of.ts',
    from: 'if (holdsCertificates(content)) return content;',
    to: 'if (content.length >= 0) return content;',
    tests: 'unit/config/config.test.ts',
    fails: 'refuses certificates that are none',
  },
];
