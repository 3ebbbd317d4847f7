import type { Family } from '../examples.ts'
import { AddPhoto } from './photo-forms.tsx'
import { PhotoGallery } from './photo.tsx'

/** A picture of the site's own stands for a photograph here. */
const example = (n: number) => ({
  id: String(n),
  alt: `A photograph of an example, number ${String(n)}`,
  width: 1200,
  height: 630,
  sizes: [{ href: '/card.png', width: 1200 }],
})

export const photos: Family = {
  id: 'photographs',
  title: 'Photographs',
  about:
    'By providers, with a description in words. The first is large and fetched at once, the others come when they are near.',
  examples: [
    {
      name: 'Three of a service',
      of: (
        <div className="half">
          <PhotoGallery photos={[example(1), example(2), example(3)]} />
        </div>
      ),
    },
    {
      name: 'Adding one, with everything to be put right',
      of: (
        <AddPhoto
          errors={{
            photo: ['This is not a photograph we can read, whatever its name says.'],
            alt: ['Say what the photograph shows, for people who cannot see it.'],
            consent: ['Tick this when everybody who can be recognised has said yes.'],
          }}
          alt=""
          consent={false}
          again
        />
      ),
    },
  ],
}
