import type { Address } from '../../core/index.ts';
import type { Refusal } from '../../services/index.ts';
export type ToPrimary =
  | {
      readonly kind: 'listening';
    }
  | {
      readonly kind: 'failed';
      readonly message: string;
    }
  | {
      readonly kind: 'enter';
      readonly id: number;
      readonly address: Address;
    }
  | {
      readonly kind: 'leave';
      readonly id: number;
    };
export type ToWorker =
  | {
      readonly kind: 'admit';
      readonly id: number;
    }
  | {
      readonly kind: 'refuse';
      readonly id: number;
      readonly limit: Refusal['limit'];
    }
  | {
      readonly kind: 'drain';
      readonly deadlineMs: number;
    };
