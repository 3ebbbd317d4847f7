import { z } from 'zod'
import { line } from '#services/providers/fields.schema.ts'

const SAY = 'Say what the photograph shows, for people who cannot see it.'

/** In one sentence what is seen; the name of a file says nothing to anybody. */
export const altSchema = line(200, SAY)
  .refine((words) => words.length >= 3, SAY)
  .refine(
    (words) =>
      !/\.(jpe?g|png|webp|avif|heic)$/i.test(words) && !/^(img|dsc|photo|image)[\s_-]*\d*$/i.test(words),
    'This is the name of a file. Say what the photograph shows, such as “Two people digging a vegetable bed”.',
  )

export const addPhotoSchema = z.object({
  alt: altSchema,
  consent: z.literal('yes', {
    error:
      'Tick this when everybody who can be recognised has said yes. If somebody has not, choose another photograph.',
  }),
})
export const wordsSchema = z.object({ alt: altSchema })
