/** What makes a service easier to use: code and plain words. Add at the end; a code is never taken away. */
export const ACCESS = [
  ['step_free', 'No steps'],
  ['wheelchair_space', 'Room for wheelchairs'],
  ['accessible_toilet', 'Accessible toilet'],
  ['changing_place', 'Changing Places toilet'],
  ['hoist', 'Hoist'],
  ['wheelchair_vehicle', 'Vehicle for wheelchairs'],
  ['hearing_loop', 'Hearing loop'],
  ['british_sign_language', 'British Sign Language'],
  ['easy_read', 'Easy Read'],
  ['quiet_space', 'Quiet space'],
  ['assistance_dogs', 'Assistance dogs welcome'],
  ['blue_badge_parking', 'Blue Badge parking'],
] as const

export const ACCESS_CODES = ACCESS.map(([code]) => code) as [string, ...string[]]
const names = new Map<string, string>(ACCESS)

/** 'No steps' for 'step_free'. */
export const accessName = (code: string): string => names.get(code) ?? code
