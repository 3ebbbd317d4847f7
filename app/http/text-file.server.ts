import { DomainError } from '#services/kernel/errors.ts'
import { fileOf } from './answer.server.ts'

/**
 * The text of a file that a form carries.
 * @throws INVALID beside `file` when none was chosen
 */
export async function textFileOf(form: FormData): Promise<{ fileName: string; text: string }> {
  const file = await fileOf(form, 'file')
  if (!file) {
    const sentence = 'Choose the file.'
    throw new DomainError('INVALID', sentence, { fields: { file: [sentence] } })
  }
  // What is no UTF-8 becomes U+FFFD, which the reader refuses with a sentence.
  return { fileName: file.name, text: new TextDecoder('utf-8').decode(file.bytes) }
}
