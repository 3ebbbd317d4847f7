import { v7, validate } from 'uuid'

/** Time-ordered, so that indexes stay compact and newest-first needs no second column. */
export const newId = (): string => v7()
export const isId = (text: string): boolean => validate(text)

/** A short reference that a person can read out on the telephone: no look-alike letters. */
export function shortReference(id: string): string {
  const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
  const tail = Number.parseInt(id.replaceAll('-', '').slice(-10), 16)
  let rest = tail
  let out = ''
  for (let i = 0; i < 6; i += 1) {
    out = (letters[rest % letters.length] ?? '2') + out
    rest = Math.floor(rest / letters.length)
  }
  return `${out.slice(0, 3)}-${out.slice(3)}`
}
