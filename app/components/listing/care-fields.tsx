import { Details } from '../details/details.tsx'
import { Radios } from '../forms/choices.tsx'
import { Textarea, TextField } from '../forms/text-field.tsx'
import { Notice } from '../notice/notice.tsx'
import { type FieldsProps, field } from './values.ts'

export interface CareFieldsProps extends FieldsProps {
  category: { name: string; personalCare: 'yes' | 'no' | 'maybe' }
  ownRegistration: string | null
}

/** Whether there is personal care in it, and how the law about it is met. */
export function CareFields({ category, ownRegistration, ...props }: CareFieldsProps) {
  const sure = category.personalCare === 'yes'
  const regulation = field(props, 'regulation')
  const registrationId = field(props, 'registrationId')
  return (
    <>
      <Details summary="What is personal care?" kind="term">
        <p>
          Help with washing, dressing, eating, drinking, using the toilet or moving, or with medicines, for
          somebody who cannot do it alone because of age, illness or disability. Standing by and reminding
          counts too. Cleaning, shopping, cooking and company do not.
        </p>
      </Details>
      {sure ? (
        <Notice tone="info" title={`${category.name} is personal care`} level={2}>
          <p>
            By law it needs a registration with the Care Quality Commission (CQC), or a reason why it needs
            none. We cannot publish it before one of the two has been checked.
          </p>
        </Notice>
      ) : (
        <Radios
          {...field(props, 'personalCare')}
          label="Is there any personal care in it?"
          options={[
            { value: 'yes', label: 'Yes, some or all of the time' },
            { value: 'no', label: 'No, never' },
          ]}
        />
      )}
      <Radios
        {...regulation}
        label={sure ? 'How do you meet the law?' : 'If there is: how do you meet the law?'}
        options={[
          {
            value: 'registered',
            label: 'We are registered with the CQC',
            hint: 'Write your id below. We compare it with the register.',
          },
          {
            value: 'exempt',
            label: 'We need no registration',
            hint: 'For example: one person who works for, and is directed by, the person they help. Say why below; somebody reads it.',
          },
          ...(sure ? [] : [{ value: 'none', label: 'There is no personal care in it' }]),
        ]}
        look="box"
      />
      <TextField
        {...registrationId}
        defaultValue={registrationId.defaultValue || ownRegistration || ''}
        label="CQC id, if you are registered"
        hint="It looks like 1-101234567. You find it on your certificate."
        maxLength={20}
        spellCheck={false}
      />
      <Textarea
        {...field(props, 'exemptionReason')}
        label="Why no registration is needed, if you need none"
        hint="Kith gives no legal advice. The CQC’s “Scope of registration” says who needs one."
        rows={4}
      />
    </>
  )
}
