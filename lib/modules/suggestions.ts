/** "Did you mean" of NameError, AttributeError and ImportError. */

/** What is added to the message; '' for nothing. */
export const suggestionFor = (_e: number): string => '';
