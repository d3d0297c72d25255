package app

import (
	"fmt"

	"rejoin/internal/gateway"
)

// frameLimit reads how fast one connection may send; nil for a function without the variable, which gets no frames.
func (e environment) frameLimit() (*gateway.FrameLimit, error) {
	given, ok := e[envFrames]
	if !ok {
		return nil, nil
	}
	var atOnce, perSecond int
	if err := numbers(envFrames, given, map[string]setter{
		"atOnce": count(&atOnce), "perSecond": count(&perSecond),
	}); err != nil {
		return nil, err
	}
	if atOnce < 1 || perSecond < 1 {
		return nil, fmt.Errorf("%s: a connection has to be allowed a frame at least", envFrames)
	}
	return gateway.NewFrameLimit(atOnce, perSecond), nil
}
