import { data } from '@remix-run/node'
import { ZodError } from 'zod'
import { asDomainError } from '#services/db/errors.server.ts'
import { DomainError, isDomainError } from '#services/kernel/errors.ts'
import { valuesOfFields } from './refill.ts'
import { statusOf } from './status.ts'
import type { Answer, Values } from './typed.ts'

/** A form is words, not files. */
const MOST_BYTES = 200_000

/**
 * The fields of a form.
 * @throws TOO_LARGE
 */
export async function readForm(request: Request): Promise<FormData> {
  if (Number(request.headers.get('Content-Length') ?? 0) > MOST_BYTES)
    throw new DomainError('TOO_LARGE', 'This is more than one form can hold. Make it shorter and try again.')
  return request.formData()
}

/** A receipt of 5 MB, and the form around it; see also limits.server.ts. */
const MOST_BYTES_WITH_FILE = 5_500_000

/** The same of a photograph of 10 MB. */
export const MOST_BYTES_WITH_PHOTO = 11_000_000

/**
 * The fields of a form that may hold a file.
 * @throws TOO_LARGE
 */
export async function readFormWithFile(request: Request, most = MOST_BYTES_WITH_FILE): Promise<FormData> {
  if (Number(request.headers.get('Content-Length') ?? 0) > most)
    throw new DomainError('TOO_LARGE', 'This file is too large to send. A smaller photograph is enough.')
  return request.formData()
}

/** The file of a field; null when none was chosen. */
export async function fileOf(
  form: FormData,
  name: string,
): Promise<{ name: string; bytes: Uint8Array } | null> {
  const value = form.get(name)
  if (value === null || typeof value === 'string' || (value.name === '' && value.size === 0)) return null
  return { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) }
}

const textOf = (value: FormDataEntryValue): string => (typeof value === 'string' ? value : '')

/** One field as text; empty when it is missing. */
export const text = (form: FormData, name: string): string => {
  const value = form.get(name)
  return value === null ? '' : textOf(value)
}
export const texts = (form: FormData, name: string): string[] => form.getAll(name).map(textOf)

/** All that was typed, to be shown again. */
export function valuesOf(form: FormData): Values {
  return valuesOfFields([...form].map(([name, value]) => [name, textOf(value)]))
}

/** A null byte or half a character: no sentence of a database about it reaches a person. */
const cannotBeKept = (value: string): boolean => value.includes('\0') || /\p{Surrogate}/u.test(value)

function badCharacters(form: FormData): Record<string, string[]> {
  const errors: Record<string, string[]> = {}
  for (const [name, value] of form)
    if (cannotBeKept(textOf(value)))
      errors[name] = ['This holds a character that cannot be kept. Remove it and try again']
  return errors
}

function errorsOf(error: ZodError): Record<string, string[]> {
  const errors: Record<string, string[]> = {}
  for (const issue of error.issues) {
    const name = issue.path.map(String).join('.')
    // One thing at a time beside each field.
    errors[name] ??= [issue.message]
  }
  return errors
}

/** Shown beside the form; every other refusal has a page of its own. */
const BESIDE_FORM = new Set(['INVALID', 'TOO_MANY', 'REFUSED_BY_RULE', 'STALE_STATE', 'CLASH'])

/**
 * Does what a form asks for. When the input is refused the same page comes back with the sentences and with all that
 * was typed.
 */
export async function answer<T>(
  form: FormData,
  work: () => Promise<T>,
): Promise<T | ReturnType<typeof data<Answer>>> {
  const values = valuesOf(form)
  const bad = badCharacters(form)
  if (Object.keys(bad).length > 0) return data({ errors: bad, values }, { status: 400 })
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof ZodError) return data({ errors: errorsOf(thrown), values }, { status: 400 })
    const error = asDomainError(thrown)
    if (isDomainError(error) && BESIDE_FORM.has(error.code)) {
      const errors = error.details.fields ?? { '': [error.publicMessage] }
      return data({ errors, values }, { status: statusOf[error.code] })
    }
    throw thrown
  }
}
