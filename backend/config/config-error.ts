/** A configuration that the backend refuses to start with; the message says what to set. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
