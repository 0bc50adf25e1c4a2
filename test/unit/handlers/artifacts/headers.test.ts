import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { byteRange } from '../../../../backend/handlers/artifacts/byte-range.ts';
import { attachment } from '../../../../backend/handlers/artifacts/content-disposition.ts';
import { mediaType } from '../../../../backend/handlers/artifacts/media-type.ts';

/** As MLflow 3.17.2 answers them. */
const types = {
  MLmodel: 'text/plain',
  mlproject: 'text/plain',
  // Only in small letters there, though MLflow's own documentation writes it so.
  MLproject: 'application/octet-stream',
  'a.json': 'text/plain',
  'a.JSON': 'application/json',
  'a.xml': 'text/plain',
  'a.yaml': 'text/plain',
  'a.py': 'text/plain',
  'a.md': 'text/plain',
  json: 'text/plain',
  'a.html': 'text/html',
  'a.HTM': 'text/html',
  'a.png': 'image/png',
  'a.svg': 'image/svg+xml',
  'a.svgz': 'image/svg+xml',
  'a.pdf': 'application/pdf',
  'a.zip': 'application/zip',
  'a.tar.gz': 'application/x-tar',
  'a.tgz': 'application/x-tar',
  'a.csv.gz': 'text/csv',
  'a.h5': 'application/x-hdf5',
  'a.bin': 'application/octet-stream',
  'a.pkl': 'application/octet-stream',
  noext: 'application/octet-stream',
  '.hidden': 'application/octet-stream',
  '.png': 'application/octet-stream',
  '..png': 'application/octet-stream',
  'trail.': 'application/octet-stream',
  'a.constructor': 'application/octet-stream',
};

const dispositions = [
  ['a.json', 'attachment; filename=a.json'],
  ['pl+us.txt', 'attachment; filename=pl+us.txt'],
  ['sp ace.txt', 'attachment; filename="sp ace.txt"'],
  ['semi;x=y.txt', 'attachment; filename="semi;x=y.txt"'],
  ['q"uote.txt', 'attachment; filename="q\\"uote.txt"'],
  ['ué.txt', "attachment; filename=ue.txt; filename*=UTF-8''u%C3%A9.txt"],
  ['日本.txt', "attachment; filename=.txt; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt"],
  ['日本', "attachment; filename=download; filename*=UTF-8''%E6%97%A5%E6%9C%AC"],
  ["é'(*)%~ .txt", "attachment; filename=\"e'(*)%~ .txt\"; filename*=UTF-8''%C3%A9%27%28%2A%29%25~%20.txt"],
  ['😀', "attachment; filename=download; filename*=UTF-8''%F0%9F%98%80"],
] as const;

const ranges = [
  ['bytes=0-3', 0, 3],
  ['bytes=2-', 2, 14],
  ['bytes=-3', 12, 14],
  ['bytes=0-1000', 0, 14],
  ['bytes=-1000', 0, 14],
  ['bytes=14-14', 14, 14],
  ['bytes= 1-2', 1, 2],
  ['BYTES=1-2', 1, 2],
  ['bytes=0-99999999999999999999999', 0, 14],
] as const;

describe('the headers of a file', () => {
  for (const [name, type] of Object.entries(types)) {
    it(`says that ${name} is ${type}`, () => {
      expect(mediaType(name)).to.equal(type);
    });
  }

  it('says of many names what MLflow guesses', () => {
    // `test/record/media-types.py` asks it.
    const data = readFileSync(new URL('../../../data/media-types.json', import.meta.url), 'utf8');
    const cases = JSON.parse(data) as readonly (readonly [name: string, type: string])[];
    expect(cases).to.have.length.above(1000);
    expect(cases.filter(([name, type]) => mediaType(name) !== type)).to.deep.equal([]);
  });

  for (const [name, header] of dispositions) {
    it(`saves ${name} under its name`, () => {
      expect(attachment(name)).to.equal(header);
    });
  }

  for (const [header, start, end] of ranges) {
    it(`reads ${header}`, () => {
      expect(byteRange(header, 15)).to.deep.equal({ start, end });
    });
  }

  it('knows what no file of that size has', () => {
    for (const header of ['bytes=15-', 'bytes=100-200', 'bytes=-0', 'bytes=99999999999999999999999-']) {
      expect(byteRange(header, 15), header).to.equal('unsatisfiable');
    }
    for (const header of ['bytes=0-', 'bytes=0-0', 'bytes=-1']) {
      expect(byteRange(header, 0), header).to.equal('unsatisfiable');
    }
  });

  it('takes what it does not understand for no range', () => {
    for (const header of [undefined, '', 'bytes=', 'bytes=-', 'bytes=x', 'bytes=3-1', 'items=0-1', 'bytes=0-0,2-3']) {
      expect(byteRange(header, 15), header).to.equal('whole');
    }
  });

  // As long as a blank could be before or behind a number that is not there, this took hours.
  it('gives up on blanks without trying everything', () => {
    expect(byteRange(`bytes=${' '.repeat(400_000)}x`, 15)).to.equal('whole');
    expect(byteRange(`bytes=${' '.repeat(400_000)}2-${' '.repeat(400_000)}`, 15)).to.deep.equal({ start: 2, end: 14 });
  });
});
