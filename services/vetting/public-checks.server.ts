import { z } from 'zod'
import type { Db } from '#services/db/client.server.ts'
import { Temporal, longDate } from '#services/kernel/time.ts'
import { type CheckKind, levelName, standingOf } from './checks.rules.ts'

/** A check as anybody may see it: what, how it stands, by whom and when. Never what a paper says, nor why one was refused. */
export interface PublicCheck {
  key: string
  kind: CheckKind
  name: string
  tone: 'done' | 'asked' | 'stop'
  words: string
  checked: string | null
  by: string | null
  until: string | null
}

const KINDS = [
  'identity',
  'cqc_registration',
  'regulation_exemption',
  'user_led_status',
  'dbs',
  'insurance',
  'training',
  'policies',
] as const
const row = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  state: z.enum(['not_needed', 'asked', 'evidence_given', 'verified', 'expired', 'refused']),
  level: z.string().nullable(),
  reference: z.string().nullable(),
  checked_on: z.string().nullable(),
  expires_on: z.string().nullable(),
  by: z.string().nullable(),
})
type Row = z.infer<typeof row>

const NAMES: Record<CheckKind, string> = {
  identity: 'Who they are',
  cqc_registration: 'Registered with the Care Quality Commission',
  regulation_exemption: 'Personal care that needs no registration',
  user_led_status: 'Led by the people who use it',
  dbs: 'Criminal record checks (DBS)',
  insurance: 'Insurance',
  training: 'Training',
  policies: 'Policies',
}

// One of each kind and level: what holds now, else what was last said. The council that checked, or Kith's own people.
const SQL = `
SELECT DISTINCT ON (v.kind, coalesce(v.level, '')) v.id, v.kind, v.state, v.level,
  CASE WHEN v.kind = 'cqc_registration' THEN v.reference END AS reference, v.checked_on::text, v.expires_on::text,
  CASE WHEN v.checked_on IS NULL OR u.id IS NULL THEN NULL WHEN u.operator THEN 'Kith' ELSE (
    SELECT c.name FROM staff_membership s JOIN council c ON c.id = s.council_id WHERE s.user_id = u.id ORDER BY s.created_at LIMIT 1) END AS by
FROM verification v LEFT JOIN app_user u ON u.id = v.checked_by_id
WHERE v.provider_id = $1 AND v.member_id IS NULL AND (v.service_id IS NULL OR v.service_id = $2)
  AND v.state NOT IN ('refused', 'not_needed')
ORDER BY v.kind, coalesce(v.level, ''), (v.state = 'verified') DESC, v.expires_on DESC NULLS LAST, v.created_at DESC`

const WORDS = {
  checked: ['done', 'Checked'],
  runs_out: ['asked', 'Checked, new paper asked for'],
  waiting: ['asked', 'We are looking at it'],
  wanted: ['asked', 'Asked for'],
  ended: ['stop', 'Run out'],
  refused: ['stop', 'Not accepted'],
  not_needed: ['done', 'Not needed'],
} as const

function lineOf(check: Row, today: Temporal.PlainDate): PublicCheck {
  const until = check.expires_on === null ? null : Temporal.PlainDate.from(check.expires_on)
  const daysLeft = until ? today.until(until, { largestUnit: 'days' }).days : null
  const [tone, words] = WORDS[standingOf(check.state, daysLeft)]
  const extra = check.kind === 'dbs' ? levelName(check.level) : check.reference
  const day = (date: Temporal.PlainDate): string => longDate(date).split(' ').slice(1).join(' ')
  return {
    key: check.id,
    kind: check.kind,
    name: extra ? `${NAMES[check.kind]}: ${extra}` : NAMES[check.kind],
    tone,
    words,
    checked: check.checked_on === null ? null : day(Temporal.PlainDate.from(check.checked_on)),
    by: check.by,
    until: until ? day(until) : null,
  }
}

/** The checks on a provider, and on one of its services when given, in the order in which they matter. */
export async function publicChecks(
  db: Db,
  today: Temporal.PlainDate,
  providerId: string,
  serviceId: string | null,
): Promise<PublicCheck[]> {
  const rows = await db.query<Row>('vetting_public_checks', SQL, [providerId, serviceId])
  return z
    .array(row)
    .parse(rows)
    .map((check) => lineOf(check, today))
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
}
