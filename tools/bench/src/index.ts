export { familySeconds } from './cpu/process-times.ts';
export type { Watched } from './cpu/cpu-meter.ts';
export { startWatchedGateway, TOKEN, type WatchedGateway } from './gateway/gateway.ts';
export { whole } from './options.ts';
export { answerRequests, Forked } from './load/forked.ts';
export { CLOSE, FrameReader, PING, TEXT, type ServerFrame } from './load/frame-reader.ts';
export { FrameTemplate, pongFrame, textFrame, type Slot } from './load/frame-template.ts';
