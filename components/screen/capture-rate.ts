/** Pictures a second that are captured. */
export const FRAME_RATE = 15;
