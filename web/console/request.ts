import type { AgentSession } from '../client/agent/state';
import type { ErrorCode } from '../client/wire/protocol';

export type Request = AgentSession['request'];
type Answer = Awaited<ReturnType<Request>>;

/** The code of an answer that is not the expected one; `unavailable` if there was none. */
export const errorCode = (answer: Answer): ErrorCode =>
  answer?.type === 'error' ? answer.code : 'unavailable';

/** The server refused a request, or did not answer it. */
export class RequestFailed extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
  }
}

/** The code of whatever was thrown. */
export const codeOf = (error: unknown): ErrorCode =>
  error instanceof RequestFailed ? error.code : 'unavailable';
