/** One thing that CI runs. */
export interface Suite {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /**
   * How it says what passed: `mocha` suites are given our reporter behind the command, `surefire` leaves XML in the
   * folder, and of a `check` the exit code is the one result.
   */
  readonly report: 'mocha' | 'check' | { readonly surefire: string };
  /** Minutes after which it is ended and has failed. */
  readonly minutes: number;
}

/** Every suite, in order: what is cheap and says most comes first. */
export const suites: readonly Suite[] = [
  { name: 'tests', command: ['npm', 'test', '--'], report: 'mocha', minutes: 10 },
  { name: 'static checks', command: ['npm', 'run', 'check:static'], report: 'check', minutes: 5 },
  { name: 'durability', command: ['npm', 'run', 'test:durability', '--'], report: 'mocha', minutes: 10 },
  { name: 'mutations', command: ['npm', 'run', 'test:mutations', '--'], report: 'mocha', minutes: 20 },
  // Recorded anew, MLflow's answers are the committed ones.
  {
    name: 'recording',
    command: ['sh', '-c', 'npm run record && git diff --exit-code -- test/wire/recorded'],
    report: 'check',
    minutes: 10,
  },
  // Whatever these follow from is the same at every run; by hand, take other seeds and more.
  {
    name: 'differential',
    command: [
      'sh',
      '-c',
      'npm run test:differential:texts -- --seed 1 --texts 4000 && npm run test:differential -- --seed 1 --sequences 1000',
    ],
    report: 'check',
    minutes: 30,
  },
  { name: 'coverage of the API', command: ['npm', 'run', 'coverage:api'], report: 'check', minutes: 2 },
  {
    name: 'dispatch',
    command: ['mvn', '-B', '-q', '-f', 'knox-service/dispatch/pom.xml', 'test'],
    report: { surefire: 'knox-service/dispatch/target/surefire-reports' },
    minutes: 10,
  },
  // The first of these installs three releases of MLflow.
  { name: 'clients', command: ['npm', 'run', 'test:clients', '--'], report: 'mocha', minutes: 25 },
  { name: 'real Knox', command: ['npm', 'run', 'test:knox', '--'], report: 'mocha', minutes: 30 },
  {
    name: 'MLflow through Knox',
    command: ['npm', 'run', 'test:knox:python', '--'],
    report: 'mocha',
    minutes: 25,
  },
  // Compiles npm kerberos below .stack, and installs libkrb5's headers by apt-get where they are missing.
  { name: 'Kerberos', command: ['npm', 'run', 'test:kerberos', '--'], report: 'mocha', minutes: 30 },
  { name: 'cluster', command: ['npm', 'run', 'test:cluster', '--'], report: 'mocha', minutes: 30 },
  // A tenth of the long runs of both: who changes what they look at runs all of them by hand.
  {
    name: 'soak on one machine',
    command: ['env', 'KIRKA_SOAK=0.1', 'npm', 'run', 'soak:local', '--'],
    report: 'mocha',
    minutes: 10,
  },
  {
    name: 'soak',
    command: ['env', 'KIRKA_SOAK=0.1', 'npm', 'run', 'soak', '--'],
    report: 'mocha',
    minutes: 60,
  },
];
