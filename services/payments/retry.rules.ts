/** How long after each try that got no answer the next one comes, in minutes; the last holds from then on. */
const WAITS = [1, 5, 15, 60, 180, 360, 720]
/** So long a payment is asked for; then it has failed, and what it was for is due again. */
const GIVE_UP_HOURS = 72

/** @param tries how often it was tried already, one or more */
export const waitMinutes = (tries: number): number => WAITS[Math.min(tries, WAITS.length) - 1] ?? 720

export const isGivenUp = (hoursSinceStart: number): boolean => hoursSinceStart >= GIVE_UP_HOURS
