import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { askCheck } from '#services/vetting/ask-check.server.ts'
import { readChecks } from '#services/vetting/read-checks.server.ts'
import { changesToCheck } from './details.rules.ts'
import { invalid, parseInput } from './fields.schema.ts'
import { LEGAL_FORMS } from './kinds.ts'
import { boardWords, detailsSchema } from './provider.schema.ts'
import { requireMember } from './providers.policy.ts'
import { reindexProvider } from './reindex-provider.server.ts'

export interface SavedDetails {
  /** Names, kinds and numbers are looked at again; what is published stays meanwhile. */
  checkedAgain: boolean
  /** It said it is user-led: the kind changes when somebody has checked the numbers of the board. */
  kindWaits: boolean
}

/**
 * Saves what an organisation says of itself. A change of its name, kind, legal form or numbers puts the check of who it is
 * before the checkers again; a CQC id becomes a claim of its own. What is published stays.
 * @throws DomainError NOT_FOUND for strangers; FORBIDDEN for workers; INVALID with sentences by field
 */
export async function saveDetails(
  deps: Deps,
  actor: Actor,
  providerId: string,
  input: unknown,
): Promise<SavedDetails> {
  requireMember(actor, providerId, 'edit_details')
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM provider WHERE id = ${providerId}::uuid FOR UPDATE`
    const before = await tx.provider.findUniqueOrThrow({ where: { id: providerId } })
    const { boardSize, boardLived, cqcProviderId, ...given } = readDetails(input, before)
    const known = (await readChecks(tx, [providerId])).get(providerId) ?? []
    const userLed = known.filter((check) => check.kind === 'user_led_status')
    const becomes = given.kind === 'user_led_organisation' && before.kind !== 'user_led_organisation'
    const kindWaits = becomes && !userLed.some((check) => check.state === 'verified')
    if (kindWaits) {
      const waiting = userLed.some((check) => check.state === 'evidence_given')
      if (!waiting && boardSize === null)
        throw invalid({ boardSize: ['Say how many people on your board may vote.'] })
      if (!waiting)
        await addEvidence(tx, now, providerId, 'user_led_status', boardWords({ boardSize, boardLived }))
    }
    const after = {
      ...given,
      kind: kindWaits ? before.kind : given.kind,
      accessibility: given.accessibility === '' ? null : given.accessibility,
      // A name that stood for "nobody else owns us" follows the name.
      ultimateOwner: before.ultimateOwner === before.name ? given.name : before.ultimateOwner,
    }
    await tx.provider.update({ where: { id: providerId }, data: after, select: { id: true } })
    const changes = changesToCheck(before, after)
    if (changes.length > 0) await checkAgain(tx, now, providerId, known, changes)
    const claims = cqcProviderId !== null && cqcProviderId !== before.cqcProviderId
    if (claims)
      await askCheck(tx, now, providerId, { kind: 'cqc_registration', reference: cqcProviderId }, known)
    await recordAudit(tx, now, actor, {
      action: 'provider.details_saved',
      subjectType: 'provider',
      subjectId: providerId,
      forPersonId: null,
      facts: { kind: after.kind, changed: changes.length, claimsRegistration: claims, kindWaits },
    })
    await reindexProvider(tx, now, providerId)
    return { checkedAgain: changes.length > 0 || claims, kindWaits }
  })
}

interface Kept {
  legalForm: string | null
  charityNumber: string | null
  companyNumber: string | null
}

/** What was there before and is sent back as it was is not questioned: an import may have written it another way. */
function readDetails(input: unknown, before: Kept) {
  const sent = z.record(z.string(), z.unknown()).catch({}).parse(input)
  const same = (field: keyof Kept): boolean => before[field] !== null && sent[field] === before[field]
  const given = parseInput(detailsSchema, {
    ...sent,
    ...(same('legalForm') ? { legalForm: LEGAL_FORMS[0] } : {}),
    ...(same('charityNumber') ? { charityNumber: '' } : {}),
    ...(same('companyNumber') ? { companyNumber: '' } : {}),
  })
  return {
    ...given,
    legalForm: same('legalForm') ? before.legalForm : given.legalForm,
    charityNumber: same('charityNumber') ? before.charityNumber : given.charityNumber,
    companyNumber: same('companyNumber') ? before.companyNumber : given.companyNumber,
  }
}

const MOST_LETTERS = 1000

/** One row for the checkers, whatever is changed before they have looked. The check that stands goes on standing. */
async function checkAgain(
  tx: Tx,
  now: Temporal.Instant,
  providerId: string,
  known: readonly { id: string; kind: string; state: string; statement: string | null }[],
  changes: readonly string[],
): Promise<void> {
  const open = known.find(
    (check) => check.kind === 'identity' && (check.state === 'evidence_given' || check.state === 'asked'),
  )
  if (!open) return addEvidence(tx, now, providerId, 'identity', changes.join(' '))
  // Asked for and not looked at: there is nothing yet that could be different from it.
  if (open.state === 'asked') return
  await tx.verification.updateMany({
    where: { id: open.id, state: 'evidence_given' },
    data: {
      statement: [open.statement, ...changes].filter(Boolean).join(' ').slice(-MOST_LETTERS),
      updatedAt: toDate(now),
    },
  })
}

async function addEvidence(
  tx: Tx,
  now: Temporal.Instant,
  providerId: string,
  kind: 'identity' | 'user_led_status',
  statement: string,
): Promise<void> {
  await tx.verification.create({
    data: {
      id: newId(),
      providerId,
      kind,
      state: 'evidence_given',
      statement: statement.slice(0, MOST_LETTERS),
      createdAt: toDate(now),
      updatedAt: toDate(now),
    },
    select: { id: true },
  })
}
