/** Whether the key writes one character. */
export function isCharacter(key: string): boolean {
  return /^.$/su.test(key);
}

/** Keys that an input method or a dead key takes: what comes of them arrives as text. */
export function isOfInputMethod(event: KeyboardEvent): boolean {
  // the one way in which some browsers tell it
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return event.isComposing || event.keyCode === 229 || /^(?:Process|Dead|Unidentified|)$/.test(event.key);
}
