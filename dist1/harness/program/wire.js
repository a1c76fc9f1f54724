/** A transport that notes what is sent through it. */
export function noteSends(transport, note) {
  const watch = (endpoint) => {
    const send = endpoint.send.bind(endpoint);
    endpoint.send = (data) => {
      const count = send(data);
      if (count > 0) note(data.subarray(0, count));
      return count;
    };
    return endpoint;
  };
  const watchListener = (listener) => {
    const accept = listener.accept.bind(listener);
    listener.accept = () => {
      const accepted = accept();
      if (accepted !== null) watch(accepted.endpoint);
      return accepted;
    };
    return listener;
  };
  return {
    connect: (remote, options) => watch(transport.connect(remote, options)),
    listen: (local, options) => watchListener(transport.listen(local, options)),
    openFile: (file, options) => transport.openFile(file, options),
    resolve: transport.resolve?.bind(transport),
  };
}
/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
export function hashBytes(bytes) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < bytes.length; index += 1) hash = Math.imul(hash ^ bytes[index], 0x01000193);
  return hash >>> 0;
}
