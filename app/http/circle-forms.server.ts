import { readDate } from '~/components/forms/date-parts.ts'
import { text, texts } from './answer.server.ts'

/** The fields of `SupporterFields` as the services' schemas want them. */
export function supporterForm(form: FormData): Record<string, unknown> {
  return {
    who: text(form, 'who'),
    name: text(form, 'name'),
    email: text(form, 'email'),
    providerId: text(form, 'providerId'),
    relationship: text(form, 'relationship'),
    type: text(form, 'type'),
    scopes: texts(form, 'scopes'),
    endsOn: readDate(form, 'endsOn'),
  }
}

/** The fields of `PersonFields`. */
export function personForm(form: FormData) {
  return {
    councilId: text(form, 'councilId'),
    name: text(form, 'name'),
    shortName: text(form, 'shortName'),
    phone: text(form, 'phone'),
    addressLine: text(form, 'addressLine'),
    postcode: text(form, 'postcode'),
    isCarer: text(form, 'isCarer') === 'yes',
  }
}
