export const SETTINGS = ['at_home', 'in_community', 'at_venue', 'online', 'live_in'] as const
export type Setting = (typeof SETTINGS)[number]
