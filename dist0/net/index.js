export { contextOf, createNet, serverMethodsOf } from './create-net.js';
