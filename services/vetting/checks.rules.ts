import type { CheckKind, CheckState } from '#services/db/generated/enums.ts'

export type { CheckKind, CheckState }

/** What is pressed about a check, by whom. */
export type CheckPress = 'give_evidence' | 'verify' | 'refuse' | 'expire'

/** From which states each press leads on, and to which. Data, so that every illegal pair can be tested. */
export const TRANSITIONS: Record<
  CheckPress,
  { by: 'provider' | 'checker' | 'clock'; from: readonly CheckState[]; to: CheckState }
> = {
  give_evidence: {
    by: 'provider',
    from: ['asked', 'evidence_given', 'refused', 'expired'],
    to: 'evidence_given',
  },
  verify: { by: 'checker', from: ['asked', 'evidence_given', 'expired'], to: 'verified' },
  // Also what was verified: a registration that the regulator has ended must not stand.
  refuse: { by: 'checker', from: ['asked', 'evidence_given', 'verified', 'expired'], to: 'refused' },
  expire: { by: 'clock', from: ['verified'], to: 'expired' },
}

export const mayPress = (press: CheckPress, state: CheckState): boolean =>
  TRANSITIONS[press].from.includes(state)

/** Kinds that a provider adds by itself; the others come with signing up and with listings. */
export const OWN_KINDS = ['insurance', 'dbs', 'training', 'policies'] as const satisfies readonly CheckKind[]

/** A DBS check has a level; its content is never kept. */
export const DBS_LEVELS = ['basic', 'standard', 'enhanced', 'enhanced_with_barred_lists'] as const

const NAMES: Record<CheckKind, string> = {
  identity: 'Who you are',
  cqc_registration: 'Registration with the Care Quality Commission',
  regulation_exemption: 'Why this personal care needs no registration',
  user_led_status: 'User-led organisation',
  dbs: 'Criminal record checks (DBS)',
  insurance: 'Insurance',
  training: 'Training',
  policies: 'Policies',
}
export const checkName = (kind: CheckKind): string => NAMES[kind]

const LEVELS: Record<string, string> = {
  basic: 'Basic',
  standard: 'Standard',
  enhanced: 'Enhanced',
  enhanced_with_barred_lists: 'Enhanced, with the barred lists',
}
export const levelName = (level: string | null): string | null =>
  level === null ? null : (LEVELS[level] ?? level)

/** The three lists of the queue. */
export const SHOWS = ['waiting', 'asked', 'decided'] as const
export type Show = (typeof SHOWS)[number]

/** Days before its end at which a check is said to run out. */
export const RUNS_OUT_DAYS = 60

export type Standing = 'checked' | 'runs_out' | 'waiting' | 'wanted' | 'ended' | 'refused' | 'not_needed'

/**
 * How a check stands on a day, for those who read it. A check past its last day has ended, whether or not the nightly job
 * has marked it.
 * @param expiresOn last day on which it holds, 'YYYY-MM-DD'
 * @param daysLeft days from today to `expiresOn`; null when it has no end
 */
export function standingOf(state: CheckState, daysLeft: number | null): Standing {
  switch (state) {
    case 'verified':
      if (daysLeft !== null && daysLeft < 0) return 'ended'
      return daysLeft !== null && daysLeft <= RUNS_OUT_DAYS ? 'runs_out' : 'checked'
    case 'evidence_given':
      return 'waiting'
    case 'asked':
      return 'wanted'
    case 'expired':
      return 'ended'
    case 'refused':
      return 'refused'
    case 'not_needed':
      return 'not_needed'
  }
}

export const STANDING_WORDS: Record<Standing, string> = {
  checked: 'Checked',
  runs_out: 'Checked. Runs out soon',
  waiting: 'We are looking at it',
  wanted: 'Asked for',
  ended: 'Run out',
  refused: 'Not accepted',
  not_needed: 'Not needed',
}
