import { addPhoto } from '#services/photos/add-photo.server.ts'
import { changeWords, movePhoto, removePhoto } from '#services/photos/change-photo.server.ts'
import type { PhotoOwner } from '#services/photos/photo-owner.server.ts'
import type { PhotoFile } from '#services/photos/read-photo.server.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { answer, fileOf, MOST_BYTES_WITH_PHOTO, readFormWithFile, text } from './answer.server.ts'
import { redirectWithNotice } from './notice.server.ts'
import type { RunContext } from './run.server.ts'

/** The forms of a page of photographs, of a service or of an organisation; `back` is that page. */
export async function photoForms(
  { deps, actor, request }: Pick<RunContext, 'deps' | 'actor' | 'request'>,
  owner: PhotoOwner,
  back: string,
) {
  const form = await readFormWithFile(request, MOST_BYTES_WITH_PHOTO)
  const photoId = text(form, 'photoId')
  return answer(form, async () => {
    switch (text(form, 'intent')) {
      case 'words':
        await changeWords(deps, actor, owner, { photoId, alt: text(form, 'alt') })
        return redirectWithNotice(back, 'The words are saved.')
      case 'earlier':
        await movePhoto(deps, actor, owner, { photoId, by: -1 })
        return redirectWithNotice(back, 'Moved up.')
      case 'later':
        await movePhoto(deps, actor, owner, { photoId, by: 1 })
        return redirectWithNotice(back, 'Moved down.')
      case 'remove':
        await removePhoto(deps, actor, owner, photoId)
        return redirectWithNotice(back, 'Removed. Nobody sees it any more.')
      case 'add': {
        const added = await addPhoto(deps, actor, owner, {
          photo: await fileOf(form, 'photo'),
          alt: text(form, 'alt'),
          consent: text(form, 'consent'),
        })
        return redirectWithNotice(
          back,
          added === 'added' ? 'The photograph is added.' : 'This photograph was here already.',
        )
      }
      default:
        throw new DomainError('INVALID', 'Press one of the buttons on this page.')
    }
  })
}

/** A week and not a year: somebody in a photograph may take their yes back. */
const FOR_EVERYBODY = 'public, max-age=604800, immutable'

/** A photograph as a file: never guessed at, and nothing that it could ask a browser to do. */
export const photoResponse = ({ type, bytes, forEverybody }: PhotoFile): Response =>
  new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': type,
      'content-length': String(bytes.length),
      'cache-control': forEverybody ? FOR_EVERYBODY : 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
