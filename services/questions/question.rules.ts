/** What can be asked for, as the form offers it. */
export const KINDS = [
  { kind: 'question', label: 'I have a question' },
  { kind: 'visit', label: 'I want to come and look round' },
  { kind: 'meet', label: 'I want to meet who would come, before I decide' },
] as const
export type Kind = (typeof KINDS)[number]['kind']

/** Nobody looks round where there is no place, and nobody comes who only rings. */
export function kindsFor(setting: string): readonly (typeof KINDS)[number][] {
  return KINDS.filter(
    ({ kind }) =>
      kind === 'question' ||
      (kind === 'visit' && setting === 'at_venue') ||
      (kind === 'meet' && setting !== 'online'),
  )
}

/** Questions to tick, for whoever does not know what to ask, or for whom writing is hard. */
export const READY = [
  { code: 'who', words: 'Who would come, and would it be the same person each time?' },
  { code: 'first', words: 'What happens the first time?' },
  { code: 'start', words: 'When could it start?' },
  { code: 'ill', words: 'What happens if my worker is ill?' },
  { code: 'cost', words: 'Is there anything to pay that is not on the page?' },
  { code: 'needs', words: 'How do you make it work for somebody who needs more time, or another language?' },
] as const

/** What was ticked, then what was written, as one message. */
export function messageOf(ready: readonly string[], words: string, when: string): string {
  const ticked = READY.filter(({ code }) => ready.includes(code)).map((one) => one.words)
  return [ticked.join('\n'), words.trim(), when.trim() === '' ? '' : `It would suit me: ${when.trim()}`]
    .filter((part) => part !== '')
    .join('\n\n')
}

const ASKED: Readonly<Record<Kind, string>> = {
  question: 'A question',
  visit: 'Somebody wants to look round',
  meet: 'Somebody wants to meet who would come',
}
export const askedWords = (kind: Kind): string => ASKED[kind]

/** Where it stands, for one of the two sides. */
export function standingOf(
  side: 'person' | 'provider',
  { lastSide, closed }: { lastSide: 'person' | 'provider'; closed: boolean },
): { words: string; tone: 'plain' | 'asked' | 'done' } {
  if (closed) return { words: 'Closed', tone: 'plain' }
  if (lastSide !== side)
    return { words: side === 'person' ? 'They answered' : 'Waits for your answer', tone: 'done' }
  return { words: side === 'person' ? 'Waiting for their answer' : 'You answered', tone: 'asked' }
}
