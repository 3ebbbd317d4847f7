export interface NearMapWords {
  /** The picture for those who cannot see it; the list says the same. */
  label: string
  /** What the marks are. */
  marks: string
  /** Circles are on the picture alone. */
  rings: string
  /** Whom to thank for the outlines; empty when there are none. */
  thanks: string
  /** Who sees what, once the map that moves is opened; empty when nobody does. */
  seen: string
  /** While it is fetched, and when it does not come. */
  coming: string
  failed: string
}

/** What stands under the map beside results. Here and not in the component: the browser need not bring these words twice. */
export function nearMapWords(
  place: string,
  pins: readonly { comes: boolean }[],
  { areas, sources, host }: { areas: readonly string[]; sources: readonly string[]; host: string | null },
): NearMapWords {
  const many = pins.length === 1 ? '1 numbered pin' : `${String(pins.length)} numbered pins`
  const over = areas.length > 0 ? `, over the areas of ${listed(areas)}` : ''
  const venues = pins.some(({ comes }) => !comes)
  const comes = pins.some((pin) => pin.comes)
  return {
    label: `Where the results lie around ${place}: ${many}${over}. The list says the same in words.`,
    marks: [
      ...(venues ? ['Filled pins: places you go to.'] : []),
      ...(comes ? ['Rings: they come to you, from about there. We show nobody’s home.'] : []),
      ...(areas.length > 0
        ? [
            `Lines: where ${areas.length > 4 ? 'councils' : listed(areas)} ${areas.length === 1 ? 'ends' : 'end'}.`,
          ]
        : []),
    ].join(' '),
    rings: 'Circles: miles.',
    thanks: sources.length > 0 ? `Councils’ areas: ${sources.join(' ')}` : '',
    seen: host
      ? `The map that moves has pictures from ${host}. Once you open it, ${host} sees the address of your connection and what part of the country you look at. It does not see what you look for.`
      : '',
    coming: 'The map is on its way…',
    failed: 'The map did not come. Check your connection and press again. The picture shows the same.',
  }
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
}
