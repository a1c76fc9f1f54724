/** @internal */
export const ALL_PASSED_ON = Object.freeze({ cause: 'end', side: 'service', error: null });
