export interface PhotoProps {
  photo: {
    id: string
    alt: string
    width: number
    height: number
    sizes: readonly { href: string; width: number }[]
  }
  /** How wide it stands, as `sizes` of an image. */
  sizes: string
  /** What is seen without scrolling is fetched at once; all others when they come near. */
  first?: boolean
}

/** A photograph with its description; the browser takes the smallest size that is sharp. */
export function Photo({ photo: { alt, width, height, sizes: all }, sizes, first = false }: PhotoProps) {
  const middle = all[1] ?? all[0]
  if (!middle) return null
  return (
    <img
      src={middle.href}
      srcSet={all.map((one) => `${one.href} ${String(one.width)}w`).join(', ')}
      sizes={sizes}
      alt={alt}
      width={width}
      height={height}
      decoding="async"
      {...(first ? {} : { loading: 'lazy' as const })}
    />
  )
}

/** The photographs of one service: the first large, the others small; nothing at all when there are none. */
export function PhotoGallery({ photos }: { photos: readonly PhotoProps['photo'][] }) {
  if (photos.length === 0) return null
  return (
    <ul className="photos plain" aria-label="Photographs">
      {photos.map((photo, i) => (
        <li key={photo.id}>
          <Photo
            photo={photo}
            first={i === 0}
            sizes={i === 0 ? '(min-width: 64rem) 46rem, 100vw' : '(min-width: 64rem) 23rem, 50vw'}
          />
        </li>
      ))}
    </ul>
  )
}
