import { audienceSynonyms } from './audiences.ts'
import { adviceAndInformation } from './advice-and-information.ts'
import { advocacy } from './advocacy.ts'
import { brokerageAndPlanning } from './brokerage-and-planning.ts'
import { careHomes } from './care-homes.ts'
import { carersSupport } from './carers-support.ts'
import { dayActivities } from './day-activities.ts'
import { directPaymentSupport } from './direct-payment-support.ts'
import { employmentSupport } from './employment-support.ts'
import { equipmentAndAdaptations } from './equipment-and-adaptations.ts'
import { gettingOut } from './getting-out.ts'
import { helpAtHome } from './help-at-home.ts'
import { learningAndSkills } from './learning-and-skills.ts'
import { liveIn } from './live-in.ts'
import { mealsDelivered } from './meals-delivered.ts'
import { nights } from './nights.ts'
import { nursing } from './nursing.ts'
import { peerSupport } from './peer-support.ts'
import { personalAssistant } from './personal-assistant.ts'
import { personalCare } from './personal-care.ts'
import { rehabilitationAndTherapy } from './rehabilitation-and-therapy.ts'
import { sharedLives } from './shared-lives.ts'
import { shortBreaks } from './short-breaks.ts'
import { sittingAndCompany } from './sitting-and-company.ts'
import { supportedLiving } from './supported-living.ts'
import { technology } from './technology.ts'
import { transport } from './transport.ts'
import { wellbeing } from './wellbeing.ts'
import { sameWords } from './same-words.ts'
import type { CategorySynonyms } from './synonyms.ts'

export { audienceSynonyms, sameWords }

export const categorySynonyms: readonly CategorySynonyms[] = [
  personalCare,
  helpAtHome,
  sittingAndCompany,
  gettingOut,
  dayActivities,
  shortBreaks,
  liveIn,
  nights,
  supportedLiving,
  sharedLives,
  personalAssistant,
  rehabilitationAndTherapy,
  nursing,
  employmentSupport,
  learningAndSkills,
  advocacy,
  brokerageAndPlanning,
  directPaymentSupport,
  peerSupport,
  carersSupport,
  wellbeing,
  equipmentAndAdaptations,
  transport,
  mealsDelivered,
  technology,
  adviceAndInformation,
  careHomes,
]
