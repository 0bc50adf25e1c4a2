/**
 * What a command prints until it says these words.
 * @throws Error with what it printed, where it ends before
 */
export async function printedUntil(
  output: AsyncIterable<Buffer>,
  words: RegExp,
  ended: Promise<unknown>,
): Promise<string> {
  let printed = '';
  const read = async (): Promise<string> => {
    for await (const chunk of output) {
      printed += chunk.toString();
      if (words.test(printed)) return printed;
    }
    return printed;
  };
  return Promise.race([read(), ended.then(() => Promise.reject(new Error(`it ended: ${printed}`)))]);
}
