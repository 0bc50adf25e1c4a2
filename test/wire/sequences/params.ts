import { api, createExperiment, createRun, getRun, sequence } from '../sequence.ts';
import type { Step } from '../sequence.ts';

const logParam = (fields: Record<string, unknown>): Step =>
  api.post('/runs/log-parameter', { run_id: '{{run}}', ...fields });
const onRun = (name: string, ...steps: readonly Step[]) =>
  sequence(name, createExperiment(), createRun(), ...steps, getRun());

export const params = [
  onRun('params are logged', logParam({ key: 'lr', value: '0.1' }), logParam({ key: 'b.c/d e:f-g_h', value: 'x' })),
  onRun(
    'the same value again is fine, another is refused',
    logParam({ key: 'lr', value: '0.1' }),
    logParam({ key: 'lr', value: '0.1' }),
    logParam({ key: 'lr', value: '0.2' }),
    logParam({ key: 'lr', value: '' }),
  ),
  onRun(
    'an empty value, no value, null',
    logParam({ key: 'a', value: '' }),
    logParam({ key: 'b' }),
    logParam({ key: 'c', value: null }),
  ),
  onRun(
    'values of another type',
    logParam({ key: 'a', value: 1 }),
    logParam({ key: 'b', value: true }),
    logParam({ key: 'c', value: ['x'] }),
    logParam({ key: 'd', value: { x: 1 } }),
  ),
  onRun(
    'values up to 6000 characters',
    logParam({ key: 'long', value: 'v'.repeat(6000) }),
    logParam({ key: 'longer', value: 'v'.repeat(6001) }),
    logParam({ key: 'emoji', value: '🚀'.repeat(6000) }),
    logParam({ key: 'emoji too long', value: '🚀'.repeat(6001) }),
  ),
  onRun(
    'keys up to 250 characters',
    logParam({ key: 'k'.repeat(250), value: 'v' }),
    logParam({ key: 'k'.repeat(251), value: 'v' }),
  ),
  onRun(
    'keys that are refused',
    logParam({ key: '', value: 'v' }),
    logParam({ value: 'v' }),
    logParam({ key: null, value: 'v' }),
    logParam({ key: 5, value: 'v' }),
    logParam({ key: '/a', value: 'v' }),
    logParam({ key: 'a/', value: 'v' }),
    logParam({ key: '.', value: 'v' }),
    logParam({ key: '../a', value: 'v' }),
    logParam({ key: 'a/./b', value: 'v' }),
    logParam({ key: 'a=b', value: 'v' }),
    logParam({ key: 'a\nb', value: 'v' }),
  ),
  onRun(
    'keys of other scripts, and of spaces',
    logParam({ key: 'größe', value: 'v' }),
    logParam({ key: '学習率', value: 'v' }),
    logParam({ key: ' ', value: 'v' }),
    logParam({ key: 'a:b', value: 'v' }),
    logParam({ key: '🚀', value: 'v' }),
  ),
  onRun(
    'values with line ends, quotes, NUL and a lone surrogate',
    logParam({ key: 'lines', value: 'a\nb\r\nc\td' }),
    logParam({ key: 'quotes', value: '\'"`\\' }),
    logParam({ key: 'nul', value: 'a\u0000b' }),
    logParam({ key: 'html', value: '<b>&amp;</b>' }),
    api.post('/runs/log-parameter', '{"run_id":"{{run}}","key":"lone","value":"\\ud83d"}'),
  ),
  sequence(
    'a run that is not there or not named',
    api.post('/runs/log-parameter', { run_id: 'f'.repeat(32), key: 'a', value: 'b' }),
    api.post('/runs/log-parameter', { key: 'a', value: 'b' }),
    api.post('/runs/log-parameter', { run_id: '', key: 'a', value: 'b' }),
    api.post('/runs/log-parameter', { run_id: 31, key: 'a', value: 'b' }),
    api.post('/runs/log-parameter', { run_id: '../../etc', key: 'a', value: 'b' }),
  ),
];
