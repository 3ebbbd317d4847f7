import type { DomainError } from '#services/kernel/errors.ts'

/** What something was refused with; when it is not refused, that is the failure. */
export async function refusal(work: Promise<unknown>): Promise<DomainError> {
  try {
    await work
  } catch (error) {
    return error as DomainError
  }
  throw new Error('It was not refused.')
}
