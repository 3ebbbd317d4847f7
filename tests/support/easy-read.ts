import type { EasyLine } from '#services/easy-read/lines.ts'
import { MOST_WORDS } from '#services/easy-read/say.ts'

/** The sentences of a line: what is ours, without what others wrote. */
const sentencesOf = (words: string): string[] => words.split(/(?<=[.?!:”])\s+(?=[A-Z“])/)

const wordsIn = (sentence: string): number => sentence.split(/\s+/).filter(Boolean).length

/** More than two sentences are more than one idea. */
const MOST_SENTENCES = 2

/** Words that Easy Read does without, and the words of the house that win. */
const NOT_SAID =
  /\b(utilise|commence|approximately|e\.g\.|i\.e\.|etc|promised|held|contribution|unrated|no-show|safety team|expense account|lacks capacity|invalid)\b/i

/** What is wrong with a line of Easy Read; nothing when nothing is. */
export function faultsOfLine({ words, hard }: EasyLine): string[] {
  const faults: string[] = []
  const sentences = sentencesOf(words)
  for (const sentence of sentences)
    if (wordsIn(sentence) > MOST_WORDS) faults.push(`${String(wordsIn(sentence))} words: ${sentence}`)
  if (sentences.length > MOST_SENTENCES) faults.push(`${String(sentences.length)} sentences: ${words}`)
  if (!/[.?!:]$/.test(words)) faults.push(`no end: ${words}`)
  if (/^[a-z]/.test(words)) faults.push(`begins small: ${words}`)
  if (/;|\(s\)|\s{2}|\.\./.test(words)) faults.push(`hard to read: ${words}`)
  if (/undefined|null|NaN|\[object/.test(words)) faults.push(`not a word: ${words}`)
  if (/£(?!\d{1,3}(,\d{3})*\.\d\d(?!\d))/.test(words)) faults.push(`money without its pence: ${words}`)
  if (NOT_SAID.test(words)) faults.push(`not our words: ${words}`)
  if (hard !== undefined && !words.includes(hard)) faults.push(`“${hard}” is not in: ${words}`)
  return faults
}

export const faultsOf = (lines: readonly EasyLine[]): string[] => lines.flatMap(faultsOfLine)
