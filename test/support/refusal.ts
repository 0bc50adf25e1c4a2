import { MlflowError } from '../../backend/errors.ts';

/** `CODE message` of the MlflowError that the work ends with. */
export function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return told(error);
  }
  throw new Error('it was not refused');
}

/** As `refusal`, of a promise. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return told(error);
  }
  throw new Error('it was not refused');
}

function told(error: unknown): string {
  if (error instanceof MlflowError) return `${error.code} ${error.message}`;
  throw error;
}
