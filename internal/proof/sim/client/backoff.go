package client

// Times, in ms.
const (
	answerTimeout = 5000 // a ping, join, command or text that has no answer after this time is lost
	shortestPause = 250
	longestPause  = 30_000
)

// backoff is the pause before the next try after so many failures in a row, 1 or more. It grows with full jitter, so that
// clients that failed together do not return together. Everything that a client tries again waits for it.
func backoff(fx Effects, failures int) int64 {
	most := int64(longestPause)
	if failures < 7 {
		most = shortestPause << failures
	}
	return shortestPause + fx.Rand(most-shortestPause)
}

// repeat is when a frame is sent that is repeated until it is answered: a join, a command or a text.
type repeat struct {
	tries int   // how often it was sent
	dueAt int64 // 0: at once
	pause int64
}

func (r *repeat) markSent(fx Effects) {
	r.tries++
	r.pause = backoff(fx, r.tries)
	r.dueAt = fx.Now() + answerTimeout
	if r.tries > 1 {
		r.dueAt += r.pause
	}
}

// retryLater: it is to be sent again after the pause that follows an error that may pass.
func (r *repeat) retryLater(now int64) { r.dueAt = min(r.dueAt, now+r.pause) }
