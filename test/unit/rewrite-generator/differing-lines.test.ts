import { expect } from 'chai';
import { differingLines } from '../../../rewrite-generator/check/differing-lines.ts';

const rules = ['<rules>', '<rule name="A/a">', '<rewrite template="x"/>', '</rule>', '</rules>'];
const compare = (found: readonly string[]): readonly string[] =>
  differingLines('rewrite.xml', rules.join('\n'), found.join('\n'));

describe('the lines that differ', () => {
  it('are none in equal texts', () => {
    expect(compare(rules)).to.deep.equal([]);
  });

  it('are told with file, line and the rule they stand in', () => {
    expect(compare(rules.with(2, '<rewrite template="y"/>'))).to.deep.equal([
      `rewrite.xml:3 (rule A/a): expected '<rewrite template="x"/>', found '<rewrite template="y"/>'`,
    ]);
  });

  it('are told where one is missing, and where one is too many', () => {
    expect(compare(rules.toSpliced(2, 1))).to.deep.equal([
      `rewrite.xml:3 (rule A/a): expected '<rewrite template="x"/>', found nothing there`,
    ]);
    expect(compare(rules.toSpliced(2, 0, '<check/>'))).to.deep.equal([
      `rewrite.xml:3 (rule A/a): expected nothing there, found '<check/>'`,
    ]);
  });
});
