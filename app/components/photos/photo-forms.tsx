import type { ReactNode } from 'react'
import { Button } from '../button/button.tsx'
import { Card } from '../card/card.tsx'
import { Checkboxes } from '../forms/choices.tsx'
import { FileField } from '../forms/file-field.tsx'
import { Textarea } from '../forms/text-field.tsx'
import { Photo, type PhotoProps } from './photo.tsx'

type Errors = Readonly<Record<string, string[]>> | undefined

const WORDS_LABEL = 'Say what the photograph shows, for people who cannot see it'

/** The id of the words of one photograph, which the summary of what is to be put right leads to. */
export const wordsId = (photoId: string): string => `alt-${photoId}`

export interface AddPhotoProps {
  errors: Errors
  /** What was typed, when something is to be put right. */
  alt: string | undefined
  consent: boolean
  /** Something was sent and came back: then the browser has let go of the file. */
  again: boolean
}

export function AddPhoto({ errors, alt, consent, again }: AddPhotoProps) {
  return (
    <form method="post" encType="multipart/form-data" className="stack" noValidate>
      <input type="hidden" name="intent" value="add" />
      <FileField
        name="photo"
        label="The photograph"
        hint={
          again
            ? 'Choose it again: a browser forgets a file when a page comes back. Your words below are still there.'
            : 'A JPEG, PNG, WebP or AVIF of up to 10 MB. Where and when it was taken is thrown away.'
        }
        accept="image/jpeg,image/png,image/webp,image/avif"
        error={errors?.['photo']}
      />
      <Textarea
        name="alt"
        label={WORDS_LABEL}
        hint="One sentence, such as “Two people digging a raised bed, one of them sitting in a wheelchair.”"
        rows={3}
        maxLength={200}
        required
        defaultValue={alt}
        error={errors?.['alt']}
      />
      <Checkboxes
        name="consent"
        label="The people in it"
        hint="Tick this, too, when nobody can be recognised."
        options={[{ value: 'yes', label: 'Everybody who can be recognised has said yes to this' }]}
        defaultValue={consent ? ['yes'] : []}
        error={errors?.['consent']}
      />
      <Button size="big">Add the photograph</Button>
    </form>
  )
}

export interface KeptPhotosProps {
  photos: readonly PhotoProps['photo'][]
  mayEdit: boolean
  /** Which one's words are to be put right, and what was typed. */
  wrong: { photoId: string; alt: string; error: string[] | undefined } | null
}

/** Each photograph with its words, its place and a way to remove it. Places change by buttons, so that nobody has to drag. */
export function KeptPhotos({ photos, mayEdit, wrong }: KeptPhotosProps) {
  return (
    <ol className="plain stack">
      {photos.map((photo, i) => (
        <li key={photo.id}>
          <Card>
            <div className="kept-photo">
              <Photo
                // Who only reads has the words beside it: a screen reader says them once.
                photo={mayEdit ? photo : { ...photo, alt: '' }}
                sizes="(min-width: 44rem) 14rem, 100vw"
                first={i < 2}
              />
              {mayEdit ? (
                <div className="stack">
                  <Words photo={photo} number={i + 1} wrong={wrong?.photoId === photo.id ? wrong : null} />
                  <div className="row-s">
                    {i > 0 ? (
                      <Press photo={photo} press="earlier">
                        Move up
                      </Press>
                    ) : null}
                    {i < photos.length - 1 ? (
                      <Press photo={photo} press="later">
                        Move down
                      </Press>
                    ) : null}
                    <Press photo={photo} press="remove">
                      Remove
                    </Press>
                  </div>
                </div>
              ) : (
                <p>{photo.alt}</p>
              )}
            </div>
          </Card>
        </li>
      ))}
    </ol>
  )
}

function Words({
  photo,
  number,
  wrong,
}: {
  photo: PhotoProps['photo']
  number: number
  wrong: KeptPhotosProps['wrong']
}) {
  return (
    <form method="post" className="stack-s" noValidate>
      <input type="hidden" name="photoId" value={photo.id} />
      <input type="hidden" name="intent" value="words" />
      <Textarea
        name="alt"
        id={wordsId(photo.id)}
        label={
          <>
            {WORDS_LABEL}
            <span className="vh">: photograph {number}</span>
          </>
        }
        rows={3}
        maxLength={200}
        required
        defaultValue={wrong?.alt ?? photo.alt}
        error={wrong?.error}
      />
      <Button kind="second" size="small">
        Save the words<span className="vh">: photograph {number}</span>
      </Button>
    </form>
  )
}

function Press({
  photo,
  press,
  children,
}: {
  photo: PhotoProps['photo']
  press: string
  children: ReactNode
}) {
  return (
    <form method="post">
      <input type="hidden" name="photoId" value={photo.id} />
      <input type="hidden" name="intent" value={press} />
      <Button kind="quiet" size="small">
        {children}
        <span className="vh">: {photo.alt}</span>
      </Button>
    </form>
  )
}
