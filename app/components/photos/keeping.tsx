import { ErrorSummary } from '../forms/error-summary.tsx'
import { AddPhoto, KeptPhotos, wordsId } from './photo-forms.tsx'
import type { PhotoProps } from './photo.tsx'

export interface KeepingProps {
  photos: readonly PhotoProps['photo'][]
  most: number
  mayEdit: boolean
  answered:
    { errors: Record<string, string[]>; values: Readonly<Record<string, string | string[]>> } | undefined
}

const typed = (answered: KeepingProps['answered'], name: string): string => {
  const value = answered?.values[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** Which photograph's words came back to be put right; none when it was the form for a new one. */
const changing = (answered: KeepingProps['answered']): string => typed(answered, 'photoId')

/** What is to be put right, first on the page. */
export function PhotoErrors({ answered }: Pick<KeepingProps, 'answered'>) {
  const photoId = changing(answered)
  return <ErrorSummary errors={answered?.errors} ids={photoId ? { alt: wordsId(photoId) } : {}} />
}

/** The photographs that there are, and the form for one more while there is a place. */
export function PhotoKeeping({ photos, most, mayEdit, answered }: KeepingProps) {
  const photoId = changing(answered)
  const adding = photoId === '' ? answered : undefined
  return (
    <>
      {photos.length > 0 ? (
        <section className="stack" aria-labelledby="kept">
          <h2 id="kept">{most === 1 ? 'The photograph' : 'In this order'}</h2>
          <KeptPhotos
            photos={photos}
            mayEdit={mayEdit}
            wrong={photoId ? { photoId, alt: typed(answered, 'alt'), error: answered?.errors['alt'] } : null}
          />
        </section>
      ) : null}
      {mayEdit ? (
        <section className="stack" aria-labelledby="add">
          <h2 id="add">{photos.length === 0 ? 'Add a photograph' : 'Add another'}</h2>
          {photos.length < most ? (
            <AddPhoto
              errors={adding?.errors}
              alt={adding ? typed(adding, 'alt') : undefined}
              consent={typed(adding, 'consent') === 'yes'}
              again={adding !== undefined}
            />
          ) : (
            <p>
              {most === 1
                ? 'There is one photograph. To show another, remove this one first.'
                : `There are ${String(most)} photographs, which is all there is room for. To add another, remove one first.`}
            </p>
          )}
        </section>
      ) : (
        <p>Only an owner or a coordinator can change this.</p>
      )}
    </>
  )
}
