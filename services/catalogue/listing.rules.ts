import type { CheckFact } from '#services/vetting/read-checks.server.ts'
import { categoryOf } from './categories.ts'
import { type Step, reachOf, stepsFor } from './steps.ts'

/** As much of a version as decides what is missing, what changed and whether it may be published. */
export interface VersionFacts {
  id: string
  title: string
  summary: string
  categoryCode: string
  setting: string
  fundedBy: string
  personalCare: boolean
  regulation: string
  registrationId: string | null
  exemptionReason: string | null
  lat: number | null
  lon: number | null
  radiusMetres: number | null
  placeId: string | null
  unit: string
  chargingBasis: string
  roundingMinutes: number
  toleranceMinutes: number
  minMinutes: number
  answered: readonly string[]
  prices: readonly PriceFacts[]
}
export interface PriceFacts {
  position: number
  kind: string
  label: string
  pence: number
  upliftBps: number
  categoryCode: string | null
}

export interface Missing {
  step: Step
  sentence: string
}

const ASK: Record<Step, string> = {
  what: 'Say what it is.',
  who: 'Say who it is for.',
  care: 'Answer the question about personal care.',
  area: 'Say where it happens.',
  price: 'Say what it costs.',
  times: 'Say how long a visit lasts and how much notice you need.',
  hours: 'Say on which days and at what times people can have it.',
  terms: 'Say what happens if plans change.',
}

/**
 * What a listing lacks before it can be sent in, in the order of its steps.
 * @param hours how many weekly hours and open days the service has
 */
export function missingFrom(version: VersionFacts, hours: number): Missing[] {
  const missing: Missing[] = []
  const lack = (step: Step, sentence = ASK[step]) => {
    if (!missing.some((entry) => entry.step === step)) missing.push({ step, sentence })
  }
  for (const step of stepsFor(version)) {
    if (step === 'hours') {
      if (hours === 0) lack('hours')
    } else if (!version.answered.includes(step)) lack(step)
    if (step === 'area' && reachOf(version.setting) === 'venue' && !version.placeId)
      lack('area', 'Say at which place it happens.')
    if (
      step === 'area' &&
      reachOf(version.setting) === 'comes' &&
      (version.lat === null || !version.radiusMetres)
    )
      lack('area', 'Say where you start from and how far you come.')
    if (step === 'price' && !version.prices.some((price) => price.kind === 'base')) lack('price')
    if (step === 'care' && version.personalCare && version.regulation === 'not_regulated')
      lack('care', 'Personal care needs a CQC registration, or a reason why it needs none.')
  }
  return missing
}

/** Whether there is personal care in it: always, never, or as the provider answered. */
export function personalCareIn(categoryCode: string, answer: boolean): boolean {
  const { personalCare } = categoryOf(categoryCode)
  return personalCare === 'yes' || (personalCare === 'maybe' && answer)
}

export type Hindrance =
  'identity' | 'registration' | 'exemption' | 'no_registration_or_exemption' | 'unclaimed'

/**
 * Why a complete version may not be published yet; empty when it may. The database's trigger (KP001 to KP004) says the
 * same once more. Source: CQC scope of registration; product.md, rule 5.
 */
export function hindrancesTo(
  version: VersionFacts,
  serviceId: string,
  provider: { claimed: boolean },
  checks: readonly CheckFact[],
): Hindrance[] {
  const verified = checks.filter((check) => check.state === 'verified')
  const found: Hindrance[] = []
  if (!provider.claimed) found.push('unclaimed')
  if (!verified.some((check) => check.kind === 'identity')) found.push('identity')
  if (!version.personalCare && version.regulation !== 'registered') return found
  // Somebody who says that they are registered is shown as registered: that is checked whatever they do.
  if (version.regulation === 'registered') {
    if (
      !verified.some(
        (check) => check.kind === 'cqc_registration' && check.reference === version.registrationId,
      )
    )
      found.push('registration')
  } else if (version.regulation === 'exempt') {
    const reviewed = verified.some(
      (check) =>
        check.kind === 'regulation_exemption' &&
        check.serviceId === serviceId &&
        check.statement === version.exemptionReason,
    )
    if (!reviewed) found.push('exemption')
  } else found.push('no_registration_or_exemption')
  return found
}

export const HINDRANCE_WORDS: Record<Hindrance, string> = {
  identity: 'We have to check who you are first.',
  registration: 'We have to check the CQC registration first. Personal care may not be offered without it.',
  exemption: 'Somebody has to agree first that this personal care needs no CQC registration.',
  no_registration_or_exemption:
    'This is personal care. By law it needs a registration with the Care Quality Commission, or a reason why it needs none.',
  unclaimed: 'Nobody has taken over this organisation yet.',
}

/** What differs between the version that people see and the one that is being written. */
export interface Change {
  price: boolean
  regulation: boolean
  area: boolean
  words: boolean
}

const priceOf = (version: VersionFacts): string =>
  JSON.stringify([
    version.fundedBy,
    version.unit,
    version.chargingBasis,
    version.roundingMinutes,
    version.toleranceMinutes,
    version.minMinutes,
    [...version.prices]
      .sort((a, b) => a.position - b.position)
      .map(({ kind, label, pence, upliftBps, categoryCode }) => [
        kind,
        label,
        pence,
        upliftBps,
        categoryCode,
      ]),
  ])

/** Price, regulation and area are what bookings rest on; everything else counts as words. */
export function changeBetween(shown: VersionFacts, written: VersionFacts, sameWords: boolean): Change {
  return {
    price: priceOf(shown) !== priceOf(written),
    regulation:
      shown.personalCare !== written.personalCare ||
      shown.regulation !== written.regulation ||
      shown.registrationId !== written.registrationId ||
      shown.exemptionReason !== written.exemptionReason ||
      shown.categoryCode !== written.categoryCode,
    area:
      shown.setting !== written.setting ||
      shown.lat !== written.lat ||
      shown.lon !== written.lon ||
      shown.radiusMetres !== written.radiusMetres ||
      shown.placeId !== written.placeId,
    words: !sameWords,
  }
}
