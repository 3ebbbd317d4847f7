/**
 * What people type, and which of the market's entries answer it: 3 is just that, 2 helps, 1 would do. What is not named is no answer.
 * Judged by what somebody would be glad to see, not by what the search finds.
 */
const TEXT = `
# In plain words
someone to sit with mum | sit_dementia 3, befriending 2, sit_children 2, care_dementia 1
someone to sit with my dad while I go out | sit_dementia 3, sit_children 2, befriending 2
help getting washed | care_morning 3, care_bath 3, care_urdu 2, care_evening 2, care_dementia 2
help getting dressed in the morning | care_morning 3, care_bath 1, care_evening 1, care_urdu 1, care_dementia 1
put my husband to bed | care_evening 3, care_morning 1, night_sleeping 1
help to have a bath | care_bath 3, care_morning 2, care_urdu 1, care_dementia 1, care_evening 1
somebody at night | night_waking 3, night_sleeping 3, live_in 1
night sitter | night_waking 3, night_sleeping 3
up all night with mum | night_waking 3, night_sleeping 2
clean my house | cleaning 3, declutter 1, laundry 1
cleaner | cleaning 3
do my ironing | laundry 3
mow the lawn | garden 3, garden_heavy 2
gardening | garden 3, garden_heavy 3, allotment 2
cut my hedge | garden_heavy 3, garden 2
fix a tap | handyperson 3
odd jobs | handyperson 3
change a light bulb | handyperson 3
get my shopping | errands 3, shop_trip 2
pick up my prescription | errands 3
my house is full of stuff | declutter 3
hoarding | declutter 3
read my post | letters 3
help with forms | letters 3, benefits 1
cook with me | cook_together 3, hot_meals 1
lonely | befriending 3, phone_friend 3, lgbt 1, day_older 1
someone to talk to | befriending 3, phone_friend 3, counselling 2, mh_peer 1
company for my nan | befriending 3, phone_friend 2, sit_dementia 1, lgbt 1
take me swimming | swim 3, hydro 1
go to the football | football 3
take my son out | pa_young 3, football 2, swim 2, pa_autism 2, sit_children 1, shop_trip 1, travel_training 1
go to mosque | worship 3
go to church | worship 3
go for a walk | walks 3
learn to use the bus | travel_training 3, dial_a_ride 1
day centre | day_older 3, day_ld 3
something to do in the day | day_older 3, day_ld 3, art 2, pottery 2, choir 1, allotment 2, drama 2, shed 2, memory_cafe 1
painting | art 3
art class | art 3, pottery 1
clay | pottery 3
singing | choir 3
growing vegetables | allotment 3, garden 1
acting | drama 3
woodwork | shed 3
a break from caring | respite_house 3, sit_dementia 3, sit_children 2, carers_cafe 2, carers_counselling 1
respite | respite_house 3, sit_dementia 2, sit_children 2, holiday_help 2, cottage 1
holiday | holiday_help 3, cottage 3, respite_house 1
cottage with a hoist | cottage 3
somebody to live with me | live_in 3, live_in_brain 2, shared_lives 2
live in carer | live_in 3, live_in_brain 3
own flat | supported_living 3
live with a family | shared_lives 3
woman to help me | pa_woman 3, care_urdu 2
female carer | pa_woman 3, care_urdu 3
walking after a stroke | stroke_exercise 3, physio 2, stroke_club 1
cannot swallow | speech 3
make my house easier to use | ot 3, rails 2, stairlift 1, speaker 1
exercise in warm water | hydro 3
change a dressing | nurse_wounds 3
injections at home | nurse_wounds 3
dying at home | palliative 3
feeding tube | nurse_peg 3
find a job | job_coach 3, internship 2, business 2
work experience | internship 3, job_coach 1
be self employed | business 3
learn computers | computers 3
use an ipad | computers 3
cannot read | reading 3, letters 1
look after my money | money_skills 3, managed_account 2, debt 1
help at college | college 3, pa_young 2
speak up for me | advocate 3, self_advocacy 2
someone on my side at the assessment | advocate 3, carers_assessment 1
help to plan my support | broker 3
pay my carers | payroll 3, managed_account 3, employer_advice 1
hire a personal assistant | employer_advice 3, pa_woman 2, pa_young 2, pa_autism 2, payroll 1
feeling low | mh_peer 3, counselling 3
panic attacks | mh_peer 2, counselling 3
stop drinking | recovery 3
drug problem | recovery 3
meet other deaf people | deaf_club 3
going blind | blind_group 3, letters 1
tired of caring | carers_cafe 3, carers_counselling 3, sit_dementia 2, respite_house 2, carers_assessment 1, sit_children 1
my rights as a carer | carers_assessment 3, benefits 1
kids who look after a parent | young_carers 3
back rub | massage 2
massage | massage 3
yoga | yoga 3
haircut | hair 3
cut my toenails | feet 3
grab rail | rails 3
ramp for my door | rails 3
wheelchair broken | wheelchair_repair 3
cannot climb the stairs | stairlift 3
taxi for wheelchair | wc_taxi 3
lift to hospital | hospital_car 3, dial_a_ride 1
minibus | dial_a_ride 3
dinner delivered | hot_meals 3, halal_meals 3
meals on wheels | hot_meals 3, halal_meals 3
halal food | halal_meals 3
panic button | alarm 3, falls 1
fell over | falls 3, alarm 2
turn lights on by voice | speaker 3
claim PIP | benefits 3
attendance allowance | benefits 3
being evicted | housing 3
owe money | debt 3
nursing home | home_nursing 3, home_dementia 2
care home for dementia | home_dementia 3, home_nursing 2
# In the sector's words and its short ones
personal care | care_morning 3, care_evening 3, care_bath 3, care_urdu 3, care_dementia 3
domiciliary care | care_morning 3, care_evening 3, care_bath 3, care_dementia 3, care_urdu 3
PA | pa_woman 3, pa_young 3, pa_autism 3, employer_advice 1
OT | ot 3
physio | physio 3
SALT | speech 3
LD day services | day_ld 3, drama 1, day_older 1
DP support | payroll 3, managed_account 3, employer_advice 3
direct payments | payroll 3, managed_account 3, employer_advice 3
BSL | deaf_club 3
waking night | night_waking 3, night_sleeping 2
supported living | supported_living 3
shared lives | shared_lives 3
IMCA | advocate 3, self_advocacy 1
advocacy | advocate 3, self_advocacy 3
end of life care | palliative 3
PEG | nurse_peg 3
short breaks | respite_house 3, holiday_help 2, cottage 2
telecare | alarm 3, falls 3, speaker 2
SEN college support | college 3
mental health peer support | mh_peer 3, counselling 1
# With slips of the finger
clening | cleaning 3
gardning | garden 3, garden_heavy 3, allotment 1
swiming | swim 3
demensia care | care_dementia 3, sit_dementia 2, home_dementia 2, memory_cafe 1, choir 1
phisio | physio 3
hair dreser | hair 3
memry cafe | memory_cafe 3
weelchair taxi | wc_taxi 3
autisum | pa_autism 3, autism_peer 3
advocat | advocate 3, self_advocacy 2
# Several needs at once
dementia and a break for me | sit_dementia 3, care_dementia 2, respite_house 1, memory_cafe 1, choir 1
cleaning and ironing | cleaning 3, laundry 3
wash and dress in Urdu | care_urdu 3, care_morning 2
autistic and wants a job | job_coach 3, internship 1, pa_autism 1
stroke and cannot speak | speech 3, stroke_club 1, stroke_exercise 1
young man with learning disability wants to go out | pa_young 3, football 2, swim 2, travel_training 1
blind and cannot read letters | letters 3, blind_group 2
# A place in the same box
gardening near Quarry Bank | garden 3, garden_heavy 3, allotment 1
swimming in Quarry Bank | swim 3
# Nothing here is right
helicopter |
skiing lessons |
llama trekking |
tattoo |
`

export interface Judged {
  query: string
  grades: ReadonlyMap<string, number>
}

export const JUDGED: readonly Judged[] = TEXT.split('\n')
  .filter((line) => line.includes('|'))
  .map((line) => {
    const [query = '', answers = ''] = line.split('|').map((part) => part.trim())
    const pairs = answers === '' ? [] : answers.split(',').map((answer) => answer.trim().split(' '))
    return { query, grades: new Map(pairs.map(([key = '', grade = '0']) => [key, Number(grade)])) }
  })
