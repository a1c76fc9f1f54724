export { Volume } from 'memfs';
