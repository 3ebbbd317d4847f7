import { dayInWords } from '#services/discovery/wording.ts'

/** Of one place, as the last file of the register had it. */
interface Registration {
  registrationStatus: string | null
  dormant: boolean | null
  registeredOn: Date | null
  deregisteredOn: Date | null
}

/** No longer on the register: whatever rested on it cannot be asked for. */
export const isOffRegister = (place: Pick<Registration, 'registrationStatus'>): boolean =>
  place.registrationStatus === 'Deregistered'

/** Why nobody can ask for something that rested on such a place. */
export const OFF_REGISTER_WORDS =
  'The Care Quality Commission has taken it off its register, so it may not give this care. You cannot ask for it here.'

/** 'Registered since 4 May 2019', 'Dormant: registered, not running now', 'No longer registered, since 1 January 2020'. */
export function registrationWords(place: Registration): string {
  const day = (date: Date | null): string | null => (date ? dayInWords(date.toISOString()) : null)
  const from = day(place.registeredOn)
  if (isOffRegister(place)) {
    const until = day(place.deregisteredOn)
    return `No longer registered${until ? `, since ${until}` : ''}`
  }
  const since = from ? ` since ${from}` : ''
  return place.dormant ? `Dormant: registered${since}, not running now` : `Registered${since}`
}
