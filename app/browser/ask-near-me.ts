/** The name of the place that a browser is at, to about a kilometre; null where none is known. */
export async function askNearMe({ coords }: GeolocationPosition): Promise<string | null> {
  const body = new FormData()
  body.set('lat', coords.latitude.toFixed(2))
  body.set('lon', coords.longitude.toFixed(2))
  const answer = await fetch('/near-me', { method: 'POST', body })
  if (!answer.ok) return null
  const { near } = (await answer.json()) as { near?: unknown }
  return typeof near === 'string' ? near : null
}
