import { audienceName, categoryName, settingName, workerName } from '#services/discovery/vocabulary.ts'
import { METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import { accessName } from './access.ts'
import { categoryOf } from './categories.ts'
import type { Step } from './steps.ts'
import type { Version } from './versions.server.ts'
import { FUNDED_WORDS, hoursWords, lengthWords, priceWords, shareWords } from './words.ts'

/** The answers of a listing in words, for whoever wrote them and whoever checks them. */

export function regulationWords(version: {
  personalCare: boolean
  regulation: string
  registrationId: string | null
  exemptionReason: string | null
}): string {
  if (version.regulation === 'registered')
    return `Registered with the Care Quality Commission, ${version.registrationId ?? ''}`
  if (version.regulation === 'exempt')
    return `Personal care that needs no registration: ${version.exemptionReason ?? ''}`
  return version.personalCare
    ? 'Personal care. No registration given yet'
    : 'No personal care. CQC does not inspect this kind of support'
}

export function areaWords(
  version: Version,
  place: { name: string; addressLine: string | null; town: string | null; postcode: string | null } | null,
): string {
  if (version.setting === 'online') return 'Everywhere: online or by phone'
  if (version.setting === 'at_venue')
    return place
      ? [place.name, place.addressLine, place.town, place.postcode].filter(Boolean).join(', ')
      : 'Not said yet'
  if (version.lat === null || !version.radiusMetres) return 'Not said yet'
  const miles = Math.round(version.radiusMetres / METRES_IN_A_MILE)
  return `Up to ${String(miles)} ${miles === 1 ? 'mile' : 'miles'} from ${version.areaLabel ?? 'the place you gave'}`
}

export function rowsOf(
  step: Step,
  version: Version,
  area: string,
  hours: string[],
): { term: string; value: string }[] {
  switch (step) {
    case 'what':
      return [
        { term: 'Name', value: version.title },
        { term: 'In a sentence or two', value: version.summary },
        { term: 'What happens', value: version.description || 'Not said' },
        { term: 'Kind of support', value: categoryName(version.categoryCode) },
        { term: 'Where it happens', value: settingName(version.setting) },
        { term: 'Who pays', value: FUNDED_WORDS[version.fundedBy] ?? '' },
      ]
    case 'who':
      return [
        { term: 'For', value: version.audiences.map(audienceName).join(', ') || 'Anybody' },
        { term: 'Ages', value: ageWords(version.minAge, version.maxAge) },
        { term: 'Languages', value: version.languages.join(', ') },
        {
          term: 'Whom you can send, if somebody asks',
          value: version.workers.map((code) => workerName(code).toLowerCase()).join(' or ') || 'Nothing said',
        },
        { term: 'Access', value: version.accessibility.map(accessName).join(', ') || 'Nothing said' },
      ]
    case 'care':
      return [
        {
          term: 'Personal care in it',
          value: `${version.personalCare ? 'Yes' : 'No'}${categoryOf(version.categoryCode).personalCare === 'yes' ? ' (this kind of support always is)' : ''}`,
        },
        { term: 'Registration', value: regulationWords(version) },
      ]
    case 'area':
      return [{ term: 'Where', value: area }]
    case 'price':
      return [
        ...priceWords(version.unit, version.prices).map(({ label, value }) => ({ term: label, value })),
        {
          term: 'Charged for',
          value:
            version.chargingBasis === 'booked_time'
              ? 'The time that was booked'
              : `The minutes that it took, in steps of ${String(version.roundingMinutes)}; up to ${String(version.toleranceMinutes)} minutes more or less change nothing`,
        },
      ]
    case 'times':
      return [
        { term: 'A visit lasts', value: lengthWords(version.minMinutes, version.maxMinutes) },
        { term: 'Starts and lengths in steps of', value: `${String(version.stepMinutes)} minutes` },
        { term: 'Kept free between visits', value: `${String(version.bufferMinutes)} minutes` },
        { term: 'Notice you need', value: hoursWords(version.noticeHours) },
      ]
    case 'hours':
      return [{ term: 'Days and hours', value: hours.join('; ') || 'Not said yet' }]
    case 'terms':
      return [
        {
          term: 'If they cancel',
          value: `Free until ${hoursWords(version.cancelWindowHours).toLowerCase()} before. After that they pay ${shareWords(version.cancelShareBps)}`,
        },
        { term: 'No answer at the door', value: `They pay ${shareWords(version.noAnswerShareBps)}` },
        { term: 'If your worker cannot come', value: version.contingency },
        { term: 'Notice to stop', value: `${String(version.endNoticeDays)} days` },
      ]
  }
}

function ageWords(min: number | null, max: number | null): string {
  if (min === null && max === null) return 'Any age'
  if (max === null) return `${String(min)} and over`
  return min === null ? `Up to ${String(max)}` : `${String(min)} to ${String(max)}`
}
