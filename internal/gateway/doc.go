// Package gateway is the controller layer: it turns an event of API Gateway's WebSocket API into one call of the
// service, and the result into the answering frame. All frames of the wire are spelled here and nowhere else. It
// knows the services (chat, stats) and, for $connect, what a token proves (auth); it knows no table and no network.
package gateway
