import { requireStaff } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { clockTime, fromDate, inLondon, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { CONSENT_WORDS, nextStates, STATE_WORDS } from './concern.rules.ts'
import { CONCERN_STATES, type ConcernState, type Consent } from './concern.schema.ts'

const PER_PAGE = 25
const when = (date: Date): string => {
  const at = inLondon(fromDate(date))
  return `${longDate(at.toPlainDate())}, ${clockTime(at.toPlainTime())}`
}

export interface ConcernRow {
  id: string
  reference: string
  about: string
  state: string
  inDanger: boolean
  raised: string
  council: string
}

/**
 * Concerns of the actor's councils: those not closed first, danger first, then the oldest.
 * Read under row-level security, so that a mistake here shows nothing to anybody else.
 * @throws SIGN_IN; NOT_FOUND for all but safeguarding teams
 */
export async function concernsPage(
  deps: Deps,
  given: Actor,
  input: { page: number; state: string | null },
): Promise<{ rows: ConcernRow[]; open: number; page: number; pages: number; state: ConcernState | null }> {
  const { actor, councilIds } = requireStaff(given, 'concerns.read')
  const state = CONCERN_STATES.find((one) => one === input.state) ?? null
  return deps.db.asActor(actor, async (tx) => {
    const where = { councilId: { in: councilIds }, ...(state ? { state } : {}) }
    const total = await tx.concern.count({ where })
    const open = await tx.concern.count({
      where: { councilId: { in: councilIds }, state: { not: 'closed' } },
    })
    const pages = Math.max(1, Math.ceil(total / PER_PAGE))
    const page = Math.min(Math.max(1, input.page), pages)
    const rows = await tx.concern.findMany({
      where,
      orderBy: [{ state: 'asc' }, { inDanger: 'desc' }, { createdAt: 'asc' }],
      skip: (page - 1) * PER_PAGE,
      take: PER_PAGE,
      select: {
        id: true,
        reference: true,
        about: true,
        state: true,
        inDanger: true,
        createdAt: true,
        councilId: true,
      },
    })
    const councils = await tx.council.findMany({
      where: { id: { in: councilIds } },
      select: { id: true, name: true },
    })
    return {
      rows: rows.map((row) => ({
        id: row.id,
        reference: row.reference,
        about: row.about,
        state: STATE_WORDS[row.state],
        inDanger: row.inDanger,
        raised: when(row.createdAt),
        council: councils.find(({ id }) => id === row.councilId)?.name ?? '',
      })),
      open,
      page,
      pages,
      state,
    }
  })
}

export interface ConcernDetail extends ConcernRow {
  stateCode: ConcernState
  whatHappened: string
  whoTold: string
  contact: string
  consent: string
  consentReason: string
  provider: string | null
  next: { value: ConcernState; label: string }[]
  notes: { id: string; at: string; by: string; from: string; to: string; note: string }[]
}

/**
 * One concern with all that was done about it.
 * @throws SIGN_IN; NOT_FOUND for all but the safeguarding team of its council
 */
export async function concernPage(deps: Deps, given: Actor, concernId: string): Promise<ConcernDetail> {
  const { actor, councilIds } = requireStaff(given, 'concerns.read')
  return deps.db.asActor(actor, async (tx) => {
    const row = await tx.concern.findFirst({
      where: { id: concernId, councilId: { in: councilIds } },
      include: { notes: { orderBy: { at: 'asc' }, take: 200 } },
    })
    if (!row) throw notFound()
    const council = await tx.council.findUniqueOrThrow({
      where: { id: row.councilId },
      select: { name: true },
    })
    const provider = row.providerId
      ? await tx.provider.findUnique({ where: { id: row.providerId }, select: { name: true } })
      : null
    const writers = row.notes.map(({ byUserId }) => byUserId)
    const staff = await tx.user.findMany({ where: { id: { in: writers } }, select: { id: true, name: true } })
    return {
      id: row.id,
      reference: row.reference,
      about: row.about,
      state: STATE_WORDS[row.state],
      stateCode: row.state,
      inDanger: row.inDanger,
      raised: when(row.createdAt),
      council: council.name,
      whatHappened: row.whatHappened,
      whoTold: row.whoTold,
      contact: row.contact,
      consent: CONSENT_WORDS[row.consent as Consent],
      consentReason: row.consentReason,
      provider: provider?.name ?? null,
      next: nextStates(row.state).map((value) => ({ value, label: STATE_WORDS[value] })),
      notes: row.notes.map((note) => ({
        id: note.id,
        at: when(note.at),
        by: staff.find(({ id }) => id === note.byUserId)?.name ?? '',
        from: STATE_WORDS[note.fromState],
        to: STATE_WORDS[note.toState],
        note: note.note,
      })),
    }
  })
}
