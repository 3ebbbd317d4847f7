/** Which lanes have a name that somebody gave, and what the others are called. Pure. */

/** A lane that counts and is nobody in particular: it was named by its number. */
const NUMBERED = /^(?:Worker|Place) (\d{1,4})$/
export const isUnnamed = (lane: { name: string; memberId: string | null }): boolean =>
  lane.memberId === null && NUMBERED.test(lane.name)

/** As many free names as asked for: 'Worker 1', 'Worker 2', leaving out the numbers that are taken. */
export function freeNames(taken: readonly string[], count: number): string[] {
  const used = new Set(taken.map((name) => NUMBERED.exec(name)?.[1]).filter((number) => number !== undefined))
  const names: string[] = []
  for (let number = 1; names.length < count; number += 1)
    if (!used.has(String(number))) names.push(`Worker ${String(number)}`)
  return names
}
