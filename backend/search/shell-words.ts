/**
 * Splits a text into words as Python's `shlex.split` does: at white space, with quotes and backslashes as in a shell.
 * @returns undefined where a quote is not closed or nothing follows a backslash
 */
export function shellWords(text: string): string[] | undefined {
  const piece = /([ \t\r\n]+)|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+|[^\S \t\r\n])/y;
  const words: string[] = [];
  let word: string | undefined;
  while (piece.lastIndex < text.length) {
    const match = piece.exec(text);
    if (match === null) return undefined;
    const [, space, single, double, escaped, plain] = match;
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + (single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? plain ?? '');
    }
  }
  return word === undefined ? words : [...words, word];
}
