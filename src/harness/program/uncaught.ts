const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Hands uncaught exceptions and unhandled rejections to `onError` instead of to whoever listened. Returns what puts
 * the listeners back.
 */
export function catchUncaught(onError: (error: unknown) => void): () => void {
  const listener = (error: unknown): void => onError(error);
  const found = EVENTS.map((event) => process.rawListeners(event as 'uncaughtException'));
  for (const event of EVENTS) {
    process.removeAllListeners(event);
    process.on(event as 'uncaughtException', listener);
  }
  return () => {
    EVENTS.forEach((event, index) => {
      process.removeListener(event, listener);
      for (const earlier of found[index]) process.on(event as 'uncaughtException', earlier as () => void);
    });
  };
}
