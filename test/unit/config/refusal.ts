import { ConfigError } from '../../../backend/config/config-error.ts';

/** What a configuration is refused with; 'accepted' where it is not. */
export function refusalOf(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}
