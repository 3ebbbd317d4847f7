import { z } from 'zod'

/** The registers' own identifiers: '1-19878626599', older ones 'RXX01'. */
const registerId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{1,39}$/, 'is not a register id')
const text = (longest: number) => z.string().max(longest)
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish()
/** '2024-08-08', also at the start of a longer timestamp; must exist in the calendar. */
const date = z
  .string()
  .max(40)
  .transform((value) => value.slice(0, 10))
  .pipe(z.iso.date())
const named = z.array(z.object({ name: text(300) })).max(200)

const rating = z.object({ rating: optional(text(100)), reportDate: optional(date) })

/**
 * What is read of a location record of the regulator's public API. Everything not named here (telephone numbers,
 * contacts, managers, past ratings, inspectors' words) is dropped before it is looked at.
 */
export const cqcLocationSchema = z.object({
  locationId: registerId,
  providerId: registerId,
  name: text(300),
  registrationStatus: text(50),
  registrationDate: optional(date),
  deregistrationDate: optional(date),
  dormancy: optional(text(20)),
  type: optional(text(100)),
  inspectionDirectorate: optional(text(100)),
  postalAddressLine1: optional(text(300)),
  postalAddressLine2: optional(text(300)),
  postalAddressTownCity: optional(text(100)),
  postalCode: optional(text(20)),
  localAuthority: optional(text(100)),
  onspdLatitude: optional(z.number()),
  onspdLongitude: optional(z.number()),
  numberOfBeds: optional(z.number().int().min(0).max(10_000)),
  website: optional(text(500)),
  gacServiceTypes: optional(named),
  specialisms: optional(named),
  regulatedActivities: optional(named),
  currentRatings: optional(z.object({ overall: optional(rating), reportDate: optional(date) })),
  /** Ratings under the regulator's newer framework are here and not in currentRatings. */
  assessment: optional(
    z
      .array(
        z.object({
          assessmentPlanPublishedDateTime: optional(date),
          ratings: optional(
            z.object({
              asgRatings: optional(
                z.array(z.object({ rating: optional(text(100)), status: optional(text(50)) })).max(50),
              ),
            }),
          ),
        }),
      )
      .max(50),
  ),
})
export type CqcLocationRecord = z.infer<typeof cqcLocationSchema>

/** What is read of a provider's own record: the name that the register gives it. */
export const cqcProviderSchema = z.object({ providerId: registerId, name: text(300) })
