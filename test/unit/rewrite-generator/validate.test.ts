import { expect } from 'chai';
import { definitionFolder, defaultOptions, emit } from '../../../rewrite-generator/emit/index.ts';
import { validate } from '../../../rewrite-generator/validate/index.ts';

const files = (options = defaultOptions): [string, string] => {
  const made = emit(options);
  return [made.get(`${definitionFolder}/service.xml`) ?? '', made.get(`${definitionFolder}/rewrite.xml`) ?? ''];
};
const [service, rewrite] = files();

/** What is said of the generated files with one edit. */
async function problems(file: 'service' | 'rewrite', from: string | RegExp, to: string): Promise<string> {
  const texts = { service, rewrite };
  const next = texts[file].replace(from, to);
  expect(next, 'the edit must change something').to.not.equal(texts[file]);
  const edited = { ...texts, [file]: next };
  return (await validate(edited.service, edited.rewrite)).join('\n');
}

describe('the validation of a service definition', () => {
  it('finds nothing in what is generated, in any form', async () => {
    expect(await validate(service, rewrite)).to.deep.equal([]);
    expect(await validate(...files({ grouping: 'folder', dispatch: 'stock' }))).to.deep.equal([]);
  });

  const edits: [string, 'service' | 'rewrite', string | RegExp, string, RegExp][] = [
    ['a file that is not well-formed', 'rewrite', '</rules>', '', /^rewrite\.xml: not well-formed/],
    ['another root', 'service', /service/g, 'services', /root must be <service>/],
    ['an element that Knox does not know', 'service', '<metadata>', '<metadata><icon/>', /knows no <icon>/],
    ['an attribute that Knox does not know', 'service', '<route path="/kirka"', '<route path="/kirka" a="b"', /'a'/],
    ['a rule of another role', 'rewrite', 'KIRKA/kirka/inbound/page', 'YARN/page', /'YARN\/page' must begin|no rule/],
    ['a filter of another role', 'rewrite', '<filter', '<filter name="X/y"/><filter', /'X\/y' must begin/],
    ['a name given twice', 'rewrite', '<filter', '<filter name="KIRKA/kirka/raw"/><filter', /defined twice/],
    ['a rule that is not there', 'service', 'KIRKA/kirka/inbound/path', 'KIRKA/none', /there is no rule KIRKA\/none/],
    ['a filter that is not there', 'service', 'KIRKA/kirka/raw', 'KIRKA/none', /there is no filter KIRKA\/none/],
    ['a filter that reads JSON', 'rewrite', 'type="*/*"', 'type="text/*"', /does not pass every type/],
    [
      'a route without a body filter',
      'service',
      /<rewrite [^>]*to="response.body"\/>/,
      '',
      /response\.body has no filter/,
    ],
    ['a route whose rule is not pinned', 'service', /<rewrite [^>]*to="request.url"\/>/, '', /only a pinned rule/],
    ['a rule for answers', 'rewrite', 'dir="IN"', 'dir="OUT"', /dir must be 'IN'/],
    ['a pattern that is not supported', 'rewrite', '{**}?{**}">', '{path=**}?{**}">', /not supported/],
    ['a version that Knox cannot order', 'service', 'version="1.0.0"', 'version="1.0"', /'1\.0' is not x\.y\.z/],
    ['a path that is not served', 'service', '/kirka/version', '/kirka/versions', /^root\.version: GET \/version must/],
    [
      'a rule that maps elsewhere',
      'rewrite',
      ']}/{**}',
      ']}/x/{**}',
      /^root\.health: GET \/health must reach .*\/x\//m,
    ],
  ];
  for (const [name, file, from, to, message] of edits) {
    it(`finds ${name}`, async () => {
      expect(await problems(file, from, to)).to.match(message);
    });
  }
});
