// The limits of the wire, as the server holds to them. Written by `go test ./internal/gateway -run TestLimits -update`.
// What people write is counted in code points, as it is stored (clean.ts).
export const MAX_TEXT = 4000;
export const MAX_COMMENT = 1000;
export const MAX_SCORE = 5;
export const MAX_NAME = 64;
export const MAX_EMAIL = 254;
export const MAX_TOPIC = 100;
export const MAX_URL = 2000;
export const MAX_PAGE_TITLE = 200;
export const MAX_LANG = 35;
export const MAX_TITLE = 100;
export const MAX_CANNED = 200;
export const MAX_POSITION = 9_007_199_254_740_991;
export const MAX_SEARCH = 200;
export const MAX_WORDS = 8;
export const MAX_ID = 64;
export const MAX_PAGE = 30;
export const MAX_QUEUE = 150;
export const MAX_LISTED = 150;
export const MAX_JOIN_ROOMS = 100;
export const MAX_SPANS = 8;
export const MAX_EXCEPTIONS = 200;
export const MAX_SPAN_MS = 94_867_200_000;
