import type { FailureCode } from './protocol.ts';

const failureCodes: readonly string[] = ['data-missing', 'data-damaged', 'no-backend'] satisfies FailureCode[];

/** What went wrong as a code the page has a sentence for; errors that know their code carry it. */
export function describeFailure(error: unknown): { code: FailureCode; detail: string } {
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (failureCodes.includes(code)) return { code: code as FailureCode, detail };
  return { code: /memory|allocat/i.test(detail) ? 'out-of-memory' : 'unexpected', detail };
}
