/** The pages of booking, in order. */
export const BOOKING_STEPS = ['Days and times', 'Who pays', 'Check', 'Ask']
