// Package gateway is the controller layer: it turns an event of API Gateway's WebSocket API into one call of the
// service, and what comes back into the answering frame. Every frame of the wire is spelled here and nowhere else. It
// knows the service (chat) and, for $connect, what a token proves (auth); it knows no table and no network.
package gateway
