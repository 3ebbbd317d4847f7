/** The place that the regulator rates: where it happens, the one the registration names, or the only one there is. */
export function ratedPlaceOf<P extends { id: string; cqcLocationId: string | null }>(
  places: readonly P[],
  placeId: string | null,
  registrationId: string | null,
): P | null {
  return (
    places.find(({ id }) => id === placeId) ??
    places.find(({ cqcLocationId }) => cqcLocationId === registrationId) ??
    (places.length === 1 ? (places[0] ?? null) : null)
  )
}
