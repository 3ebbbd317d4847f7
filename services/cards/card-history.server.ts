import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import { PRESS_REASON_CODES, PRESS_REASONS } from './cards.rules.ts'

const MOST_FILES = 20

const fileFacts = z.object({ fresh: z.number(), known: z.number(), refused: z.number() })

export interface FileBrought {
  id: string
  programmeId: string
  on: string
  by: string
  lines: number
  fresh: number
  known: number
  refused: number
}

const namesOf = async (tx: Tx, ids: readonly (string | null)[]): Promise<Map<string, string>> => {
  const wanted = [...new Set(ids.filter((id): id is string => id !== null))]
  if (wanted.length === 0) return new Map()
  const users = await tx.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } })
  return new Map(users.map(({ id, name }) => [id, name]))
}
const nameIn = (names: ReadonlyMap<string, string>, id: string | null): string =>
  id === null ? 'Kith' : (names.get(id) ?? 'Somebody who has left')

/** The last files that were taken in for these schemes, the newest first: what the record of each says. */
export async function filesBrought(tx: Tx, programmeIds: readonly string[]): Promise<FileBrought[]> {
  if (programmeIds.length === 0) return []
  const events = await tx.auditEvent.findMany({
    where: {
      subjectType: 'card_programme',
      subjectId: { in: [...programmeIds] },
      action: 'card_file.imported',
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: MOST_FILES,
  })
  const names = await namesOf(
    tx,
    events.map(({ actorUserId }) => actorUserId),
  )
  return events.map((event) => {
    const { fresh, known, refused } = fileFacts.parse(event.facts)
    return {
      id: event.id,
      programmeId: event.subjectId,
      on: longDate(londonDate(fromDate(event.at))),
      by: nameIn(names, event.actorUserId),
      lines: fresh + known + refused,
      fresh,
      known,
      refused,
    }
  })
}

const DONE: Readonly<Record<string, string>> = {
  'card.freeze': 'Frozen',
  'card.unfreeze': 'Started or unfrozen',
}
const reasonFacts = z.object({ why: z.enum(PRESS_REASON_CODES).optional().catch(undefined) })

/** What was last done with each of these cards, by whom and when; nothing of a card that nobody changed. */
export async function lastPresses(tx: Tx, cardIds: readonly string[]): Promise<Map<string, string>> {
  if (cardIds.length === 0) return new Map()
  const events = await tx.auditEvent.findMany({
    where: { subjectType: 'card', subjectId: { in: [...cardIds] }, action: { in: Object.keys(DONE) } },
    orderBy: [{ subjectId: 'asc' }, { at: 'desc' }, { id: 'desc' }],
    distinct: ['subjectId'],
  })
  const names = await namesOf(
    tx,
    events.map(({ actorUserId }) => actorUserId),
  )
  return new Map(
    events.map((event) => {
      const { why } = reasonFacts.parse(event.facts)
      return [
        event.subjectId,
        `${DONE[event.action] ?? ''} by ${nameIn(names, event.actorUserId)} on ${longDate(londonDate(fromDate(event.at)))}${why ? `: ${PRESS_REASONS[why].label}` : ''}`,
      ]
    }),
  )
}
