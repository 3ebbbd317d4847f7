import type { Temporal } from '#services/kernel/time.ts'
import { ask, ruleOf } from './asking.ts'
import { DAY, HOUR, wallMs } from './kit.ts'
import type { SeededPerson } from './people.ts'
import type { SeededService } from './services.ts'
import type { Script, World } from './world.ts'

/** Person, service, days from today, minute of the day, minutes, hours ago that it was asked, what has to become of it. */
type Line = readonly [string, string, number, number, number, number, Script]

const WEAVERS_MORNING = 'morning-help-at-home-weavers-care'
const SWIM = 'swim-with-a-buddy-otter-swim-buddies'

/** What the first pages have to show whatever the day: something today, to say yes to, asked, offered, disputed, missed. */
// prettier-ignore
const LINES: readonly Line[] = [
  ['Joan Ellery', 'a-hand-at-home-and-out-lantern-living', 0, 780, 60, 190, { answer: 'accept', outcome: 'delivered' }],
  ['Joan Ellery', 'evening-help-and-settling-in-weavers-care', 0, 1080, 60, 190, { answer: 'accept', outcome: 'delivered' }],
  ['Joan Ellery', SWIM, -1, 840, 60, 200, { answer: 'accept', outcome: 'delivered' }],
  ['Joan Ellery', WEAVERS_MORNING, -2, 720, 60, 210, { answer: 'accept', outcome: 'delivered' }],
  ['Joan Ellery', SWIM, 6, 870, 60, 20, { answer: 'none', note: 'We have swum together four times. Same lane if it is free.' }],
  ['Joan Ellery', 'physiotherapy-at-home-alder-motion', 9, 600, 45, 50, { answer: 'counter' }],
  ['Tariq Iqbal', SWIM, 0, 780, 60, 170, { answer: 'accept', outcome: 'confirmed', note: 'Talk on my left side. I hold the rail going in.' }],
  ['Tariq Iqbal', SWIM, 1, 630, 60, 120, { answer: 'accept' }],
  ['Tariq Iqbal', SWIM, 4, 630, 60, 9, { answer: 'none' }],
  ['Stanley Hough', 'somebody-awake-in-the-house-night-owls', -3, 1320, 540, 240, { answer: 'accept', outcome: 'disputed' }],
  ['Halima Yusuf', 'home-care-in-your-language-st-annes-home-care', 0, 480, 45, 200, { answer: 'accept', outcome: 'missed_said' }],
  ['Priya Nair', 'personal-assistant-with-a-van-declan-moyes', -2, 600, 120, 200, { answer: 'accept', outcome: 'no_answer' }],
  ['Priya Nair', 'help-at-home-from-one-person-rosa-adeyemi', 5, 840, 60, 26, { answer: 'none' }],
  ['Priya Nair', 'personal-assistant-with-a-van-declan-moyes', 4, 600, 180, 70, { answer: 'decline' }],
  ['Edith Prosser', WEAVERS_MORNING, 5, 480, 45, 15, { answer: 'none' }],
  ['Peter Lomax', 'daily-home-care-castle-homecare', 6, 540, 60, 30, { answer: 'none' }],
  ['Callum Brierley', 'a-hand-at-home-and-out-lantern-living', 3, 840, 120, 18, { answer: 'none' }],
  ['Halima Yusuf', 'a-hand-at-home-and-out-lantern-living', 1, 840, 120, 100, { answer: 'accept' }],
  ['Halima Yusuf', WEAVERS_MORNING, 0, 660, 60, 160, { answer: 'accept', outcome: 'confirmed' }],
  ['Edith Prosser', 'evening-help-and-settling-in-weavers-care', 0, 1020, 45, 160, { answer: 'accept', outcome: 'delivered' }],
  ['Edith Prosser', 'evening-help-and-settling-in-weavers-care', -1, 1020, 45, 160, { answer: 'accept', outcome: 'delivered' }],
  ['Margaret Ashby', 'care-at-home-from-your-own-co-op-haugh-hands', 0, 600, 60, 160, { answer: 'accept', outcome: 'delivered' }],
  ['Margaret Ashby', 'care-at-home-from-your-own-co-op-haugh-hands', 4, 600, 60, 22, { answer: 'none' }],
  ['Grace Whitlow', SWIM, 2, 780, 60, 90, { answer: 'accept' }],
]

/** The day and time meant, then others near it: another hour of that day, then the days next to it, away from today. */
function candidates(
  service: SeededService,
  today: Temporal.PlainDate,
  days: number,
  startMinute: number,
  minutes: number,
): { day: Temporal.PlainDate; startMinute: number }[] {
  const step = days < 0 ? -1 : 1
  // What has to be today stays today, unless the service is shut.
  return Array.from({ length: 7 }, (_, more) => today.add({ days: days + more * step })).flatMap((day) => {
    const rule = service.hours.find((one) => one.weekday === day.dayOfWeek)
    if (!rule) return []
    return [0, 60, -60, 120, -120, 180, -180, 240]
      .map((shift) => startMinute + shift)
      .filter((minute) => minute >= rule.fromMinute && minute + minutes <= rule.untilMinute)
      .map((minute) => ({ day, startMinute: minute }))
  })
}

export function planToday(
  world: World,
  people: readonly SeededPerson[],
  services: readonly SeededService[],
): void {
  const { kit, time } = world
  for (const [name, slug, days, startMinute, minutes, hoursAgo, script] of LINES) {
    const person = people.find((one) => one.seed.name === name)
    const service = services.find((one) => one.slug === slug)
    if (!person || !service) throw new Error(`Nothing to show today: ${name}, ${slug}`)
    const found = candidates(service, kit.today, days, startMinute, minutes)
    const first = found[0]
    if (!first) continue
    // Early enough for the provider's notice, whatever day it becomes.
    const earliest = wallMs(first.day, first.startMinute) - (days < 0 ? 7 * DAY : 0)
    const ms = Math.min(kit.nowMs - hoursAgo * HOUR, earliest - (service.terms.noticeHours + 8) * HOUR)
    time.at(ms, () => {
      for (const { day, startMinute: minute } of found)
        if (ask(world, ms, { person, service, rule: ruleOf(day, minute, minutes), script })) return
    })
  }
}
