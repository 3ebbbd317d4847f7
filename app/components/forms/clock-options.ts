const minutesOf = (time: string): number => {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
const two = (value: number): string => String(value).padStart(2, '0')

/** '07:00', '07:15' … up to and with `until`. */
export function quarterHours(from: string, until: string, stepMinutes: number): string[] {
  const out: string[] = []
  for (let at = minutesOf(from); at <= minutesOf(until) && at < 24 * 60; at += stepMinutes)
    out.push(`${two(Math.floor(at / 60))}:${two(at % 60)}`)
  return out
}

/** '9am', '9:30am', '12 noon'; whatever is no time comes back as it is. */
export function clockWords(time: string): string {
  const match = /^(\d{2}):(\d{2})$/.exec(time)
  if (!match) return time
  const hour = Number(match[1])
  const minute = Number(match[2])
  if (minute === 0 && hour === 12) return '12 noon'
  if (minute === 0 && hour === 0) return '12 midnight'
  const shown = hour % 12 === 0 ? 12 : hour % 12
  return `${String(shown)}${minute ? `:${two(minute)}` : ''}${hour < 12 ? 'am' : 'pm'}`
}
