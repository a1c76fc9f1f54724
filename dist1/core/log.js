export const silent = () => {};
