import { builtins, keywords } from './keywords.ts';

/** What a token is to the server's SQL lexer, as far as an answer shows it. */
export type TokenKind =
  | 'name'
  | 'builtin'
  | 'placeholder'
  | 'keyword'
  | 'order'
  | 'integer'
  | 'float'
  | 'hexadecimal'
  | 'string'
  | 'symbol'
  | 'comparator'
  | 'operator'
  | 'wildcard'
  | 'punctuation'
  | 'comment'
  | 'error';

/** A piece of the text; white space makes no token. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

type Rule = readonly [kind: TokenKind | 'space' | 'word', pattern: RegExp];

/* White space and words are Unicode's, as in Python; a letter is Latin-1's, as in sqlparse. */
const space = String.raw`(?:(?!\uFEFF)[\s\x1c-\x1f\x85])`;
const word = String.raw`[\p{L}\p{N}_]`;
const letter = '[A-ZÀ-Ü]';
const end = `(?!${word})`;
const rule = (kind: Rule[0], pattern: string): Rule => [kind, new RegExp(pattern, 'iuy')];

const joins = `(?:(?:(?:left|right|full)${space}+)?(?:(?:inner|outer|straight)${space}+)?|(?:(?:cross|natural)${space}+)?)join${end}`;

/** The rules by what a token begins with; of those that may apply the first that matches wins. */
const spaceRules = [rule('space', `${space}+`)];
const stringRules = [rule('error', '[^]')];
const wordRules = [
  rule('keyword', `(?:case|in|values|using|from|as)${end}`),
  rule('name', `${letter}${word}*(?=${space}*\\.(?!\\d))`),
  rule('name', String.raw`(?<=\.)${letter}${word}*`),
  rule('name', `${letter}${word}*(?=\\()`),
  rule('keyword', `not${space}+null${end}`),
  rule('keyword', joins),
  rule('keyword', `end(?:${space}+(?:if|loop|while|for|case))?${end}`),
  rule('keyword', `if${space}+(?:not${space}+)?exists${end}`),
  rule(
    'keyword',
    `(?:union${space}+all|create${space}+or${space}+replace|primary${space}+key|handler${space}+for)${end}`,
  ),
  rule('keyword', `go${space}\\d+${end}`),
  rule('keyword', `lateral${space}+view${space}+(?:explode|inline|parse_url_tuple|posexplode|stack)${end}`),
  rule('builtin', `double${space}+precision${end}`),
  rule('order', `(?:asc|desc)(?:${space}+nulls${space}+(?:first|last))?${end}`),
  rule('order', `nulls${space}+(?:first|last)${end}`),
  rule('keyword', `(?:group|order)${space}+by${end}`),
  rule('comparator', `(?:not${space}+)?(?:like|ilike|rlike)${end}`),
  rule('comparator', `(?:not${space}+)?regexp(?:${space}+binary)?${end}`),
  rule('word', `${word}[$#\\p{L}\\p{N}_]*`),
];
const numberRules = [
  rule('hexadecimal', '-?0x[\\da-f]+'),
  rule('float', '-?\\d+(?:\\.\\d+)?e-?\\d+'),
  rule('float', `-?(?:\\d+\\.\\d*|\\.\\d+)(?!_|${letter})`),
  rule('integer', `-?\\d+(?!_|${letter})`),
];
/** Tried only where the comment has an end: looking for it each time again would take forever. */
const commentRules = [rule('comment', String.raw`/\*[^]*?\*/`)];
const signRules = [
  rule('comment', String.raw`(?:--|# ).*?(?:\r\n|\r|\n|$)`),
  rule('operator', ':='),
  rule('punctuation', '::'),
  rule('wildcard', '\\*'),
  rule('name', '`[^`]*(?:``[^`]*)*`'),
  rule('error', `\\\\${word}+`), // a command of psql
  rule('placeholder', '\\?'),
  rule('placeholder', `%(?:\\(${word}+\\))?s`),
  rule('placeholder', `(?<!${word})[$:]${word}+`),
  rule('name', `(?:@|##?)${letter}${word}+`),
  ...numberRules,
  rule('name', `(?<![\\]\\)]|${word})\\[[^\\]\\[]+\\]`),
  rule('punctuation', '[;:()\\[\\],.]'),
  rule('operator', '->>?|#>>?|@>|<@|-|#-'),
  rule('comparator', '[<>=~!]+'),
  rule('operator', '[+/@#%^&|-]+'),
];

function rulesFor(code: number): readonly Rule[] {
  if (code === 32 || (code >= 9 && code <= 13)) return spaceRules;
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return wordRules;
  if (code >= 48 && code <= 57) return digitRules;
  if (code === 39 || code === 34) return stringRules;
  return code < 128 && code !== 95 && code > 31 ? signRules : otherRules;
}
const digitRules = [...numberRules, ...wordRules];
const otherRules = [...spaceRules, rule('name', '´[^´]*(?:´´[^´]*)*´'), ...wordRules];

/** sqlparse groups no more tokens than this, and to it each blank is one. */
const maxTokens = 10_000;

/** Most UTF-16 units of a text that is read at all: so many tokens have seldom a tenth of it. */
const longestText = 1_000_000;

/**
 * The tokens of a filter or of an order_by clause. What fits nothing is an `error` of one character.
 * @returns undefined where the text is too long, or has too many tokens, blanks counted. One of blanks alone has none.
 */
export function tokenize(text: string): readonly Token[] | undefined {
  if (text.length > longestText) return undefined;
  const tokens: Token[] = [];
  const lastCommentEnd = text.lastIndexOf('*/');
  let blanks = 0;
  let position = 0;
  while (position < text.length) {
    if (tokens.length + blanks > maxTokens) return undefined;
    const code = text.charCodeAt(position);
    const quoted = code === 39 || code === 34 ? endOfQuoted(text, position, code) : -1;
    if (quoted > 0) {
      tokens.push({ kind: code === 39 ? 'string' : 'symbol', start: position, end: quoted });
      position = quoted;
      continue;
    }
    const opensComment = code === 47 && text.startsWith('/*', position) && position + 2 <= lastCommentEnd;
    const [kind, stop] = match(text, position, opensComment ? commentRules : rulesFor(code));
    if (kind === 'space') blanks += countBlanks(text, position, stop);
    else tokens.push({ kind, start: position, end: stop });
    position = stop;
  }
  return tokens.length === 0 || tokens.length + blanks <= maxTokens ? tokens : undefined;
}

/** A line break of two characters is one token. */
function countBlanks(text: string, start: number, end: number): number {
  return text.slice(start, end).replaceAll('\r\n', '\n').length;
}

function match(text: string, start: number, rules: readonly Rule[]): [kind: TokenKind | 'space', end: number] {
  for (const [kind, pattern] of rules) {
    pattern.lastIndex = start;
    if (!pattern.test(text)) continue;
    return [kind === 'word' ? wordKind(text.slice(start, pattern.lastIndex)) : kind, pattern.lastIndex];
  }
  return ['error', start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1)];
}

function wordKind(text: string): TokenKind {
  const upper = text.toUpperCase();
  return keywords.has(upper) ? 'keyword' : builtins.has(upper) ? 'builtin' : 'name';
}

/**
 * Where a quoted text ends, or -1. A doubled quote and one behind a backslash do not end it, except that the last of
 * them does where no other quote follows.
 */
function endOfQuoted(text: string, start: number, quote: number): number {
  let lastChance = -1;
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      if (text.charCodeAt(index + 1) !== quote) return index + 1;
      lastChance = ++index;
    } else if (code === 92 && text.charCodeAt(index + 1) === quote) {
      lastChance = ++index + 1;
    }
  }
  return lastChance;
}
