/** Letters and digits that are not taken for one another, read aloud or written by hand: no I, L, O, U, 0, 1. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
const LENGTH = 8

/**
 * What a person types into their bank as the reference of a transfer, from a payment's id: 'K7F3 9QXD'. 30^8 of them; the
 * database keeps them unique. The id's last 64 bits are random.
 */
export function paymentReference(id: string): string {
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(-16)}`)
  let text = ''
  for (let at = 0; at < LENGTH; at += 1) {
    text += LETTERS[Number(rest % BigInt(LETTERS.length))] ?? ''
    rest /= BigInt(LETTERS.length)
  }
  return `${text.slice(0, 4)} ${text.slice(4)}`
}

/** References in a bank's description, however it was typed: spaces, dashes and small letters do not matter. */
export function referencesIn(description: string): string[] {
  const plain = description.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const found = new Set<string>()
  for (let at = 0; at + LENGTH <= plain.length; at += 1) {
    const part = plain.slice(at, at + LENGTH)
    if ([...part].every((letter) => LETTERS.includes(letter)))
      found.add(`${part.slice(0, 4)} ${part.slice(4)}`)
  }
  return [...found]
}
