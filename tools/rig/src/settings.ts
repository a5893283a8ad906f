/** What starts engines and built services. It runs before anything is generated or built, so it imports no other library. */
export { engineSettings, prepareEngines, runBuilt, type Env } from './engines.ts';
export { QUIET, ROOT, type Build } from './repository.ts';
export { APPS, argsOf, settingsOf, type App, type Backend, type Surroundings } from './service.ts';
