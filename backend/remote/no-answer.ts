/** No answer, or none that settles it, came from one address. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** Whether it is certain that the server has not seen the request. */
  readonly unsent: boolean;
  /** Whether it is certain that the server has done nothing. */
  readonly undone: boolean;
  /** Whether it tells something about the server: it does not where no socket of ours was free. */
  readonly server: boolean;

  constructor(
    message: string,
    { unsent, undone = unsent, server = true }: { unsent: boolean; undone?: boolean; server?: boolean },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.unsent = unsent;
    this.undone = undone;
    this.server = server;
  }
}
