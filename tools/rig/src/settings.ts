/** What starts engines and built services. It runs before anything is generated or built, so it imports no other library. */
export { findChromium } from './chromium.ts';
export { engineSettings, prepareEngines, type Env } from './engines.ts';
export { ROOT } from './repository.ts';
export { APPS, argsOf, settingsOf, type App } from './service.ts';
