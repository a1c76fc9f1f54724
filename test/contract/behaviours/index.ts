import type { Behaviour } from '../world.ts';
import { ADDRESSES } from './addresses.ts';
import { BINDING } from './binding.ts';
import { CHATS } from './chats.ts';
import { CLOSING } from './closing.ts';
import { CONNECTING } from './connecting.ts';
import { EVERY_STATE } from './every-state.ts';
import { FILES } from './files.ts';
import { FLOW } from './flow.ts';
import { HALF_CLOSE } from './half-close.ts';
import { LISTENING } from './listening.ts';
import { RESETS } from './resets.ts';
import { SERVICES } from './services.ts';
import { STORMS } from './storms.ts';
import { TEXTBOOK } from './textbook.ts';
import { TIMERS } from './timers.ts';
import { TRANSFER } from './transfer.ts';
import { UNIX } from './unix.ts';

/** Everything that every backend must do. */
export const BEHAVIOURS: readonly Behaviour[] = [
  ...CONNECTING,
  ...LISTENING,
  ...TRANSFER,
  ...HALF_CLOSE,
  ...RESETS,
  ...CLOSING,
  ...FLOW,
  ...UNIX,
  ...ADDRESSES,
  ...BINDING,
  ...TIMERS,
  ...CHATS,
  ...SERVICES,
  ...FILES,
  ...TEXTBOOK,
  ...STORMS,
  ...EVERY_STATE,
];
