import { identityHeaders } from '../../../backend/manifest/index.ts';
import { refused, row } from '../row.ts';
import type { Exchange, Row } from '../row.ts';

const version = (request: Partial<Exchange['request']>): Exchange => ({
  request: { target: '/kirka/version', ...request },
  sees: { method: 'GET', path: '/version' },
});

const wrongPassword: Exchange = {
  request: { target: '/kirka/version', user: 'sam', password: 'wrong' },
  receives: { status: 401 },
};

const forged = (name: string): [string, string] => [name, 'eve'];

/** The backend sees who signed in, once, and nothing of what a client claims; `expectSeen` holds every row to it. */
export const identityRows: readonly Row[] = [
  row('a user without groups', version({})),
  row('a user with groups', version({ user: 'sam' })),
  row('user.name in the query', version({ target: '/kirka/version?user.name=eve' })),
  row('user.name twice and in another letter case', version({ target: '/kirka/version?User.Name=eve&user.name=x' })),
  row('user.name escaped', version({ target: '/kirka/version?user%2Ename=eve&%75ser.name=eve' })),
  row('user.name behind a second question mark', version({ target: '/kirka/version??user.name=eve?user.name=eve' })),
  row('doAs in the query', version({ target: '/kirka/version?doAs=eve&doas=eve&DOAS=eve' })),
  row('look-alikes are other keys', {
    ...version({ target: '/kirka/version?+user.name=eve&user.name[]=eve&user.name%00=eve' }),
    sees: {
      method: 'GET',
      path: '/version',
      query: [
        [' user.name', 'eve'],
        ['user.name[]', 'eve'],
        ['user.name\0', 'eve'],
      ],
    },
  }),
  row(
    'our own headers in any letter case',
    version({
      headers: [
        forged(identityHeaders.user),
        forged(identityHeaders.groups.toUpperCase()),
        forged(identityHeaders.secret.toLowerCase()),
        forged('x-KIRKA-anything'),
      ],
    }),
  ),
  row('our own header twice', version({ headers: [forged('X-Kirka-User'), forged('x-kirka-user')] })),
  row('X-Forwarded-User passes, for nobody believes it', {
    ...version({ headers: [forged('X-Forwarded-User')] }),
    sees: { method: 'GET', path: '/version', headers: { 'x-forwarded-user': 'eve' } },
  }),
  row('claims in a JSON body stay there', {
    request: {
      method: 'POST',
      target: '/kirka/api/2.0/mlflow/runs/create',
      headers: [['Content-Type', 'application/json']],
      body: '{"user.name":"eve","doAs":"eve","X-Kirka-User":"eve"}',
    },
    sees: {
      method: 'POST',
      path: '/api/2.0/mlflow/runs/create',
      body: '{"user.name":"eve","doAs":"eve","X-Kirka-User":"eve"}',
    },
  }),
  {
    name: 'one process that changes its user, and then has a wrong password',
    exchanges: [
      version({}),
      version({ user: 'sam' }),
      wrongPassword,
      version({ user: 'sam' }),
      wrongPassword,
      version({}),
    ],
  },
  refused('nobody', { target: '/kirka/version', user: null }, 401, { body: '' }),
  refused('a wrong password', { target: '/kirka/version', password: 'wrong' }, 401, { body: '' }),
  refused('an empty password', { target: '/kirka/version', password: '' }, 401, { body: '' }),
  refused('an unknown user', { target: '/kirka/version', user: 'eve' }, 401, { body: '' }),
  refused(
    'another scheme',
    { target: '/kirka/version', user: null, headers: [['Authorization', 'Bearer guest-password']] },
    401,
    { body: '' },
  ),
  refused(
    'nobody, sending a body',
    { method: 'POST', target: '/kirka/api/2.0/mlflow/runs/create', user: null, body: '{}' },
    401,
  ),
];
