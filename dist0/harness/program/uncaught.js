const EVENTS = ['uncaughtException', 'unhandledRejection'];
/**
 * Hands uncaught exceptions and unhandled rejections to `onError` instead of to whoever listened. Returns what puts
 * the listeners back.
 */
export function catchUncaught(onError) {
  const listener = (error) => onError(error);
  const found = EVENTS.map((event) => process.rawListeners(event));
  for (const event of EVENTS) {
    process.removeAllListeners(event);
    process.on(event, listener);
  }
  return () => {
    EVENTS.forEach((event, index) => {
      process.removeListener(event, listener);
      for (const earlier of found[index]) process.on(event, earlier);
    });
  };
}
